import type { Finding } from '../../../src/engine/rule.ts';

/** Findings without those at a place that an earlier one has: two images may stand on one stage. */
export function once(findings: readonly Finding[]): Finding[] {
  const places = new Set<number>();
  return findings.filter(({ at }) => {
    const { start } = 'span' in at ? at.span : at;
    return !places.has(start) && places.add(start);
  });
}
