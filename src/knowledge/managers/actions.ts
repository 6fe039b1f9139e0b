import type { Action } from './types.ts';

/** What gets packages, renews their index or takes them away. */
export const packageActions: ReadonlySet<Action> = new Set<Action>([
  'install',
  'reinstall',
  'upgrade',
  'update-index',
  'download',
  'remove',
]);
