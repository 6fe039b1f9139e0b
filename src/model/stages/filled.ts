import type { State } from '../model.ts';

/**
 * A text with the values of its variables, `$name` and `${name}`, as they are in a state. Undefined where one is not known, and
 * where more than a name stands in the braces.
 */
export function filled(text: string, { variable }: Pick<State, 'variable'>): string | undefined {
  if (!/[$`]/.test(text)) return text;
  const whole = text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced?: string, plain?: string) => {
    const value = variable((braced ?? plain)!)?.value;
    return value?.state === 'known' ? value.text : all;
  });
  return /[$`]/.test(whole) ? undefined : whole;
}
