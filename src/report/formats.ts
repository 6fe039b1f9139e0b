import type { Format } from './format-names.ts';
import { checkstyle } from './lint/checkstyle.ts';
import { codacy } from './lint/codacy.ts';
import { codeclimate, gitlabCodeclimate } from './lint/codeclimate.ts';
import { github } from './lint/github.ts';
import { gnu } from './lint/gnu.ts';
import { hadolint } from './lint/hadolint.ts';
import { json } from './lint/json.ts';
import { junit } from './lint/junit.ts';
import { pretty } from './lint/pretty.ts';
import { sarif } from './lint/sarif.ts';
import { sonarqube } from './lint/sonarqube.ts';
import { tty } from './lint/tty.ts';
import type { Reporter } from './reporter.ts';

/** Every format of `--format`; the compiler checks that each name has its reporter. */
export const formats = {
  ...{ pretty, json, github, sarif, hadolint, tty, gnu, checkstyle, codeclimate },
  ...{ gitlab_codeclimate: gitlabCodeclimate, codacy, sonarqube, junit },
} as const satisfies Readonly<Record<Format, Reporter>>;
