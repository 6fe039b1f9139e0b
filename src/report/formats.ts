import type { Format } from './format-names.ts';
import { github } from './lint/github.ts';
import { hadolint } from './lint/hadolint.ts';
import { json } from './lint/json.ts';
import { pretty } from './lint/pretty.ts';
import type { Reporter } from './reporter.ts';

/** Every format of `--format`; the compiler checks that each name has its reporter. */
export const formats = { pretty, json, github, hadolint } as const satisfies Readonly<Record<Format, Reporter>>;
