/** The words that a shell with brace lists makes of one: of `a{b,c}d` it is `abd` and `acd`. */
export function inBraces(text: string): string[] {
  const [all = '', head = '', list = '', tail = ''] = /^(.*?)(?<!\$)\{([^{}]*,[^{}]*)\}(.*)$/.exec(text) ?? [];
  return all === '' ? [text] : list.split(',').flatMap((part) => inBraces(`${head}${part}${tail}`));
}
