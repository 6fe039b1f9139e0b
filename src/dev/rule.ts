import { frame } from '../text/frame.ts';
import { position } from '../text/lines.ts';
import { compare, found, loadCases, loadRules } from './cases.ts';
import { dockerfiles } from './files.ts';

/**
 * `npm run rule -- ID [FOLDER]`: tries a rule, by its id or an alias, on its examples and cases; with a folder, shows what
 * it finds in the Dockerfiles there.
 */
const [name = '', folder] = process.argv.slice(2);
const rules = await loadRules();
const rule = rules.find(({ id, aliases }) => id === name || aliases.includes(name));
if (!rule) {
  console.error(`there is no rule ${name}`);
  process.exitCode = 2;
} else {
  const all = { ...rule.examples, ...(await loadCases(rule.id)) };
  let failed = 0;
  for (const [caption, it] of Object.entries(all)) {
    const { expected, actual } = compare(rule, it);
    if (expected === actual) continue;
    failed++;
    console.log(`\n✗ ${caption}\n--- expected\n${expected}\n--- found\n${actual}`);
  }
  console.log(`${rule.id}: ${Object.keys(all).length - failed} of ${Object.keys(all).length} cases hold`);
  process.exitCode = failed > 0 ? 1 : 0;
  const files = folder ? dockerfiles(folder) : [];
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
  if (folder) console.log(`\n${hit} of ${files.length} files`);
}
