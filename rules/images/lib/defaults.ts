import type { Expansion, Word } from '../../../src/engine/rule.ts';

/**
 * What a word comes to in a build without arguments: an ARG without a default is then empty. Undefined where a variable is not
 * known for another reason, or has an operator that would have to be applied.
 */
export function defaultText(word: Word, { value, uses }: Expansion): string | undefined {
  if (value.state === 'known') return value.text;
  let text = '';
  for (const part of word.parts) {
    if (part.kind === 'Text' && !/[\\`]/.test(part.raw)) text += part.raw;
    else if (part.kind === 'Variable') {
      const use = uses.find(({ variable }) => variable === part);
      if (part.operator || !use || use.value.state === 'unknown') return undefined;
      text += use.value.state === 'known' ? use.value.text : '';
    } else if (part.kind !== 'Punctuation') return undefined;
  }
  return text;
}
