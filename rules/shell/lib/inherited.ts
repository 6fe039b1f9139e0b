import { type Finding, mayInheritShell, type Step } from '../../../src/engine/rule.ts';

/** What a shell of the base image with errexit or pipefail would catch: where there may be such a shell, it is for strict. */
export const unlessInherited = (message: string, step: Step): Pick<Finding, 'message' | 'severity' | 'preset'> =>
  mayInheritShell(step)
    ? { message: `${message}, unless the base image sets a stricter SHELL.`, severity: 'info', preset: 'strict' }
    : { message: `${message}.` };
