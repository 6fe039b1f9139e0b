import { allRules } from '../../../rules/index.ts';
import { enable } from '../../config/presets.ts';
import { lint } from '../../engine/lint.ts';
import { stagesScreen } from '../../report/screens/stages.ts';
import { analyzeFiles, type BuildArguments } from './analyze.ts';
import { show } from './show.ts';
import type { Terminal } from './terminal.ts';

export interface StagesArguments extends BuildArguments {
  readonly format: Parameters<typeof stagesScreen>[1];
}

/** Rules that say what follows from what ships. */
const judging: ReadonlySet<string> = new Set([
  ...['toolchain-in-final-image', 'build-tools-in-final-image', 'dev-dependencies-in-final-image'],
  ...['version-control-in-final-image', 'copied-root', 'copy-twice-from-stage', 'install-at-start'],
  ...['libc-mismatch', 'output-for-build-platform', 'unused-stage'],
]);

/** Prints what ships and the stages of each file, with what the rules about them find. 0, or 2 where a file could not be read. */
export async function showStages(args: StagesArguments, terminal: Terminal): Promise<number> {
  const { files, failures } = await analyzeFiles(args, terminal);
  const enabled = enable(
    allRules.filter(({ id }) => judging.has(id)),
    'recommended',
  );
  const judged = files.map((it) => ({
    ...it,
    findings: lint(it.model.file.text, enabled, { rules: allRules, build: it.model.options }).diagnostics,
  }));
  return show(stagesScreen(judged, args.format), { format: args.format, failures }, terminal);
}
