import { command } from './lib/command.ts';

/** Prints the tree of one file as JSON. 0; 1 where the file has syntax errors, told on standard error; 2 where it cannot be read. */
export const parse = command({
  usage: 'parse <file>',
  describe: 'Print the syntax tree as JSON',
  positionals: { file: { type: 'string', demandOption: true } },
  options: {},
  async run({ file: path }, terminal, { parse: parseText, position, readText, treeJson, visible }) {
    const text = readText(path, terminal);
    if (typeof text !== 'string') {
      terminal.complain(`dflint: ${path}: ${text.message}`);
      return 2;
    }
    const { ast, errors } = parseText(text);
    terminal.print(`${treeJson(ast)}\n`);
    for (const { span, message } of errors) {
      const { line, column } = position(ast.lines, span.start);
      terminal.complain(visible(`dflint: ${path}:${line}:${column}: ${message}`));
    }
    return errors.length > 0 ? 1 : 0;
  },
});
