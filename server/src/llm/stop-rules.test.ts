import { expect, test } from 'vitest';
import { judgeAnswer, plainStopRules, smallModelStopRules } from './stop-rules.ts';

/** What is shown of an answer that comes in pieces of so many letters. */
function shown(text: string, size: number, rules = smallModelStopRules): string {
  let until = 0;
  for (let end = size; ; end += size) {
    const judged = judgeAnswer(text.slice(0, end), Math.ceil(Math.min(end, text.length) / 4), until, rules);
    expect(judged.shown).toBeGreaterThanOrEqual(until);
    until = text.slice(0, judged.shown).trimEnd().length;
    if (judged.over || end >= text.length) return text.slice(0, until);
  }
}

test.each([
  ['Hi! I love it. And a third sentence.', 'Hi! I love it.'],
  ['One only', 'One only'],
  ['"Is it?" he said. Yes.', '"Is it?" he said.'],
  ['It costs 3.50 here. Fine. Next', 'It costs 3.50 here. Fine.'],
  ['I am fine.\nUser: and you?', 'I am fine.'],
  ['\n\nHello there', '\n\nHello there'],
  [`Short one. ${'word '.repeat(40)}end. More`, `Short one. ${'word '.repeat(40)}end.`],
  ['Nice<|im_end|>', 'Nice'],
  ['So nice 🎉🎊🎁🎈🎂', 'So nice 🎉🎊🎁'],
])('%j is shown as %j, however it is cut', (text, expected) => {
  for (const size of [1, 2, 3, 7, 100]) expect(shown(text, size)).toBe(expected);
});

test('a long answer ends with its first sentence that ends late enough', () => {
  const long = `${'word '.repeat(50)}end. And more of it, on and on`;
  expect(shown(long, 5)).toBe(`${'word '.repeat(50)}end.`);
});

test('what may grow into a stop waits, and a larger model is not cut short', () => {
  expect(judgeAnswer('a < b and <', 5, 0, plainStopRules)).toEqual({ shown: 'a < b and '.length, over: false });
  expect(shown('One. Two. Three.\nFour.', 3, plainStopRules)).toBe('One. Two. Three.\nFour.');
});
