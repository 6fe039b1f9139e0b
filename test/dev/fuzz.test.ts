import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeViolation } from '../../src/dev/whole-fuzz.ts';
import { wholeText } from './arbitrary.ts';

test('whatever the text, all that dflint does with it holds', () => {
  fc.assert(
    fc.property(wholeText, (text) => {
      expect(wholeViolation(text)).toBeUndefined();
    }),
    { numRuns: 300, seed: 1 },
  );
});

test.for([
  // with a blank of another kind the value would still be missing
  ['a name with a zero byte in a picture of the stages', 'FROM \u0000alpine\nRUN a\n'],
  ['a tab in a message', 'USER FROM\tFROM\n'],
  // each part of it can be read in several ways by a careless pattern
  ['a duration of many parts', `FROM a\nHEALTHCHECK --interval=0.${'s000'.repeat(40)}n CMD a\n`],
  ['ENV with a wide blank', 'ENV FROM\u2003FROM\n'],
])('%s', ([, text]) => {
  expect(wholeViolation(text!)).toBeUndefined();
});
