import { flat } from '../finding.ts';
import { inLine } from '../layout.ts';
import type { Reporter } from '../reporter.ts';

/** For programs that read compilers' lines, such as Emacs: `dflint:FILE:LINE: CODE LEVEL: MESSAGE`, as hadolint writes it. */
export const gnu: Reporter = ({ run }) =>
  flat(run)
    .map(({ path, start, code, severity, message }) =>
      inLine(`dflint:${path}:${start.line}: ${code} ${severity}: ${message}`).concat('\n'),
    )
    .join('');
