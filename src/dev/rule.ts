import { spawn } from 'node:child_process';
import type { Rule } from '../engine/rule.ts';
import { frame } from '../text/frame.ts';
import { position } from '../text/lines.ts';
import { compare, found, loadCases, loadRule, loadRules } from './cases.ts';
import { dockerfiles } from './files.ts';

/**
 * `npm run rule -- ID [FOLDER]`: tries a rule, by its id or an alias, on its examples and cases, and checks the types of all;
 * with a folder, shows what it finds in the Dockerfiles there.
 */
const [name = '', folder] = process.argv.slice(2);
const types = checkTypes();
// by its id, so that no other rule is loaded
const rule = (await loadRule(name)) ?? (await loadRules()).find(({ aliases }) => aliases.includes(name));
if (!rule) {
  console.error(`there is no rule ${name}`);
  process.exitCode = 2;
} else {
  if (!(await holds(rule))) process.exitCode = 1;
  if (folder) showFound(rule, folder);
}
const { code, output } = await types;
if (code !== 0) {
  console.log(`\n${output.trimEnd()}\ntypes: wrong`);
  process.exitCode ||= 1;
} else console.log('types: right');

/** All types, while the cases run; what has not changed since the last time is remembered. */
function checkTypes(): Promise<{ readonly code: number | null; readonly output: string }> {
  const compiler = ['node_modules/typescript/bin/tsc', '-p', '.', '--incremental'];
  const child = spawn(process.execPath, [...compiler, '--tsBuildInfoFile', 'node_modules/.cache/tsc.json']);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Whether all examples and cases of the rule hold; those that do not are printed. */
async function holds(rule: Rule): Promise<boolean> {
  const all = { ...rule.examples, ...(await loadCases(rule.id)) };
  let failed = 0;
  for (const [caption, it] of Object.entries(all)) {
    const { expected, actual } = compare(rule, it);
    if (expected === actual) continue;
    failed++;
    console.log(`\n✗ ${caption}\n--- expected\n${expected}\n--- found\n${actual}`);
  }
  console.log(`${rule.id}: ${Object.keys(all).length - failed} of ${Object.keys(all).length} cases hold`);
  return failed === 0;
}

function showFound(rule: Rule, folder: string): void {
  const files = dockerfiles(folder);
  let hit = 0;
  for (const { path, text } of files) {
    const { diagnostics, lines } = found(rule, text);
    if (diagnostics.length > 0) hit++;
    for (const { span, message, aliases, fix } of diagnostics) {
      const { line, column } = position(lines, span.start);
      console.log(`\n${path}:${line}:${column} ${aliases.join(' ')} ${message}${fix ? ` [${fix.safety} fix]` : ''}`);
      for (const { line: number, source, marks } of frame(lines, span, 150))
        console.log(`${number} | ${source}${marks ? `\n${' '.repeat(String(number).length)} | ${marks}` : ''}`);
    }
  }
  console.log(`\n${hit} of ${files.length} files`);
}
