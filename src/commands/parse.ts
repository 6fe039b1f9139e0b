import { parse } from '../../grammar/index.ts';
import { treeJson } from '../report/tree.ts';
import { position } from '../text/lines.ts';
import { readText } from './files.ts';
import type { Terminal } from './terminal.ts';

/** Prints the tree of one file as JSON. 0; 1 where the file has syntax errors, told on standard error; 2 where it cannot be read. */
export function parseCommand(path: string, terminal: Terminal): number {
  const text = readText(path, terminal);
  if (typeof text !== 'string') {
    terminal.complain(`dflint: ${path}: ${text.message}`);
    return 2;
  }
  const { ast, errors } = parse(text);
  terminal.print(`${treeJson(ast)}\n`);
  for (const { span, message } of errors) {
    const { line, column } = position(ast.lines, span.start);
    terminal.complain(`dflint: ${path}:${line}:${column}: ${message}`);
  }
  return errors.length > 0 ? 1 : 0;
}
