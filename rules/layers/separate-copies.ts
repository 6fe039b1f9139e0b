import {
  absoluteIn,
  baseName,
  between,
  dockerfile,
  type Finding,
  hasFlag,
  type Instruction,
  type Model,
  rule,
  type Stage,
  type Step,
} from '../../src/engine/rule.ts';
import { isSmallFile } from './lib/small-files.ts';

type Copy = Extract<Instruction, { kind: 'Copy' }>;

export default rule({
  id: 'separate-copies',
  aliases: [],
  severity: 'info',
  preset: 'strict',
  fix: 'suggestion',
  message: 'This COPY could be joined to the COPY before it, which saves a layer.',
  why: `
    Nothing runs between these COPYs, so separate layers gain nothing in the cache: a change of any of the files runs the
    same later instructions again. Only small files are reported, copied from one place to one folder: folders, archives and
    programs that change at different times are better in separate layers, which are sent and stored separately.
  `,
  instead: 'Write one COPY with all sources.',
  url: 'https://docs.docker.com/reference/dockerfile/#copy',
  examples: {
    'two files to one folder': dockerfile`
        FROM node:22
        WORKDIR /app
      - COPY package.json ./
      - COPY package-lock.json ./
        ~~~~
      + COPY package.json package-lock.json ./
        RUN npm ci
    `,
    'each with the file name in the destination': dockerfile`
        FROM python:3.13
        WORKDIR /app
      - COPY requirements.txt /app/requirements.txt
      - COPY main.py /app/main.py
        ~~~~
      + COPY requirements.txt main.py /app/
    `,
    'different folders, or different flags': dockerfile`
      FROM nginx:1.29
      COPY default.conf /etc/nginx/conf.d/
      COPY index.html /usr/share/nginx/html/
      COPY --chmod=755 entrypoint.sh /usr/share/nginx/html/
    `,
    'folders and archives': dockerfile`
      FROM eclipse-temurin:21-jre
      WORKDIR /app
      COPY target/dependencies/ ./
      COPY target/application/ ./
      COPY target/app.jar ./
    `,
    'something runs between': dockerfile`
      FROM python:3.13
      WORKDIR /app
      COPY requirements.txt ./
      RUN pip install --no-cache-dir -r requirements.txt
      COPY main.py ./
    `,
  },
  visit: {
    Stage: (stage, model) => (stage.shipped ? rows(stage).map((row) => finding(row, model)) : undefined),
  },
});

/** A COPY of small files, and where it puts them. */
interface Simple {
  readonly node: Copy;
  readonly step: Step;
  readonly folder: string;
}

/** COPYs behind one another that one could do. */
function rows({ steps }: Stage): Simple[][] {
  const found: Simple[][] = [];
  let names = new Set<string>();
  for (const step of steps) {
    const simple = simpleCopy(step);
    if (!simple) continue;
    const row = found.at(-1);
    const before = row?.at(-1);
    const joins =
      before?.step.index === step.index - 1 &&
      before.folder === simple.folder &&
      flagsOf(before.node) === flagsOf(simple.node) &&
      !namesOf(simple.node).some((name) => names.has(name));
    if (!joins) names = new Set();
    for (const name of namesOf(simple.node)) names.add(name);
    if (joins) row!.push(simple);
    else found.push([simple]);
  }
  return found.filter(({ length }) => length > 1);
}

const flagsOf = ({ flags }: Copy): string =>
  flags
    .map(({ name, value }) => `${name.text}=${value?.text}`)
    .sort()
    .join(' ');

/** Two files of one name would be one. */
const namesOf = ({ sources }: Copy): string[] => sources.map(({ text }) => baseName(text));

function simpleCopy(step: Step): Simple | undefined {
  const { instruction: node, before } = step;
  if (node.kind !== 'Copy' || !node.destination || node.heredocs.length > 0 || node.sources.length === 0)
    return undefined;
  // a linked layer is made and kept by itself
  if (hasFlag(node, 'link', 'parents')) return undefined;
  if (!node.sources.every(({ text }) => /^[^*?[]+\.\w+$/.test(baseName(text)) && isSmallFile(text, true)))
    return undefined;
  const { value } = step.expand(node.destination);
  if (value.state !== 'known') return undefined;
  const renamed = node.sources.length === 1 && baseName(value.text) === baseName(node.sources[0]!.text);
  if (!renamed && !/(?:^|\/)\.{0,1}$/.test(value.text)) return undefined;
  const workdir = before.workdir.state === 'known' ? before.workdir.text : undefined;
  const path = renamed ? value.text.slice(0, value.text.lastIndexOf('/') + 1) : value.text;
  const folder = absoluteIn(workdir, path || '.');
  return folder === undefined ? undefined : { node, step, folder };
}

function finding(row: readonly Simple[], model: Model): Finding {
  const [first, second] = [row[0]!, row[1]!];
  const { length } = row;
  const edits = joined(row, model);
  return {
    at: second.node.keyword,
    related: first.node,
    message: `${length} COPY instructions in a row to ${first.folder} make ${length} layers; one COPY would do, at no cost to the cache.`,
    ...(edits && { fix: { title: 'Join the COPYs', edits } }),
  };
}

/** The first takes all sources; undefined where a comment between them would be lost. */
function joined(row: readonly Simple[], { file }: Model): NonNullable<Finding['fix']>['edits'] | undefined {
  const start = row[0]!.node.span.end;
  const end = row.at(-1)!.node.span.end;
  if (between(file.comments, start + 1, end - 1).length > 0) return undefined;
  if (row.some(({ node }) => node.form || node.trivia.some(({ kind }) => kind === 'Comment'))) return undefined;
  const { sources, destination } = row[0]!.node;
  const more = row.slice(1).flatMap(({ node }) => node.sources.map(({ raw }) => ` ${raw}`));
  const at = sources.at(-1)!.span.end;
  const { text, span } = destination!;
  const folder = /(?:^|\/)\.?$/.test(text) ? undefined : text.slice(0, text.lastIndexOf('/') + 1) || './';
  return [
    { span: { start: at, end: at }, text: more.join('') },
    ...(folder === undefined ? [] : [{ span, text: folder }]),
    { span: { start, end }, text: '' },
  ];
}
