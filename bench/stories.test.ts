import { describe, expect, test } from 'vitest';
import { createGuardian } from '../server/src/guardian/guardian.ts';
import { Story, TOKEN_CHARS } from './stories.ts';

describe('a story of the bench', () => {
  const story = new Story('0199aaaa');
  const tokens = Array.from({ length: 600 }, (_, n) => story.token(n));

  test('has tokens of one length, and can be cut anywhere', () => {
    expect(new Set(tokens.map((token) => token.length))).toEqual(new Set([TOKEN_CHARS]));
    const whole = tokens.join('');
    expect(story.slice(0, whole.length)).toBe(whole);
    expect(story.slice(5, 31)).toBe(whole.slice(5, 31));
    expect(story.has(whole.slice(100, 140), 100)).toBe(true);
    expect(story.has(whole.slice(100, 140), 101)).toBe(false);
  });

  test('is another one in each conversation', () => {
    expect(new Story('0199aaab').slice(6, 60)).not.toBe(story.slice(6, 60));
  });

  test('passes the guardian as it is', async () => {
    const gate = createGuardian().openGate({ wordList: [] });
    let shown = '';
    for (const token of tokens) shown += (await gate.push(token)).text;
    const end = await gate.end();
    expect(shown + end.text).toBe(tokens.join(''));
    expect(end.verdict?.action).toBe('allow');
  });
});
