import deprecated from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import licences from 'spdx-license-ids/index.json' with { type: 'json' };
import { option } from '../../../src/engine/rule.ts';
import { type LabelType, labelTypes } from '../../../src/knowledge/builder/label-types.ts';

/** The labels of a house, each with the type of its value; the same option of all rules about labels. */
export type LabelSchema = Readonly<Record<string, LabelType>>;

export const schemaOption = (describe: string) =>
  option<LabelSchema>(describe, { type: 'object', additionalProperties: { enum: [...labelTypes] } }, {});

/** Whether a value is of a type; an empty one is of none but text. */
export const isOfType: Readonly<Record<LabelType, (text: string) => boolean>> = {
  text: () => true,
  email: (text) => address.test(text),
  hash: (text) => /^(?:[0-9a-f]{7}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text),
  rfc3339: isDateTime,
  semver: (text) => version.test(text),
  spdx: isLicence,
  url: isUrl,
};

/** An addr-spec of RFC 5322, without comments and folding. */
const address =
  /^(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[^"\\\r\n]|\\.)*")@(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|\[[^[\]\\]*\])$/;

/** SemVer 2.0.0: no leading zeros, and no v in front. */
const version =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/;

/** An absolute URI. `localhost:80` is a host and a port, though it reads as a scheme. */
function isUrl(text: string): boolean {
  if (/[\s<>"{}|\\^`]/.test(text) || /^(?:localhost|[^:/]*\.[^:/]*):\d/i.test(text)) return false;
  return URL.canParse(text) && !/^(?:https?|ftp|wss?):(?!\/\/)/i.test(text);
}

const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function isDateTime(text: string): boolean {
  const [, year, month, day] = (dateTime.exec(text) ?? []).map(Number);
  if (!year || !month || !day) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day <= days;
}

let ids: ReadonlyMap<string, string> | undefined;

/** The licence of a name in any letter case, as SPDX writes it. */
export function licenceNamed(name: string): string | undefined {
  ids ??= new Map([...licences, ...deprecated].map((id) => [id.toLowerCase(), id]));
  return ids.get(name.toLowerCase());
}

/** An SPDX licence, or an expression of several, as OCI has it: `MIT OR (Apache-2.0 WITH LLVM-exception)`. */
function isLicence(text: string): boolean {
  if (text === 'NONE' || text === 'NOASSERTION') return true;
  if (/[^\w\s.():+-]/.test(text)) return false;
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let open = 0;
  // what may come next: a licence, or what joins two
  let licence = true;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token === '(' && licence) open++;
    else if (token === ')' && !licence && open > 0) open--;
    else if ((token === 'AND' || token === 'OR') && !licence) licence = true;
    else if (licence && isLicenceId(token)) {
      licence = false;
      // the list of exceptions changes with every compiler; any name will do
      if (tokens[at + 1] === 'WITH' && /^[A-Za-z0-9][\w.-]*$/.test(tokens[at + 2] ?? '')) at += 2;
    } else return false;
  }
  return !licence && open === 0;
}

function isLicenceId(token: string): boolean {
  if (/^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(token)) return true;
  return [token, token.replace(/\+$/, '')].some((name) => licenceNamed(name) === name);
}
