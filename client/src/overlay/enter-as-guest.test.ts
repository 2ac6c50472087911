import { expect, test } from 'vitest';
import { RequestError, unreachable } from '../net/request-error.ts';
import { enterAsGuest } from './enter-as-guest.ts';

function entering(answers: (RequestError | 'in')[], endAfter = Infinity) {
  const end = new AbortController();
  const said: string[] = [];
  const waits: number[] = [];
  const session = {
    async signIn(_route: string, { body }: { body: { displayName?: string } }) {
      const answer = answers.shift() ?? unreachable();
      if (answer !== 'in') throw answer;
      said.push(`in as ${body.displayName}`);
    },
  };
  const entered = enterAsGuest({
    session: session as unknown as Parameters<typeof enterAsGuest>[0]['session'],
    signal: end.signal,
    onFailure: ({ code }) => said.push(code),
    async wait(ms) {
      waits.push(ms);
      if (waits.length === endAfter) end.abort();
    },
  });
  return entered.then(() => ({ said, waits }));
}

test('it tries until it is in, and waits as long as the server asks', async () => {
  const full = new RequestError({ code: 'rate-limited', message: '', retryAfterMs: 9_000 });
  const { said, waits } = await entering([unreachable(), full, unreachable(), 'in']);
  expect(said).toEqual(['unavailable', 'rate-limited', 'unavailable', 'in as Overlay']);
  expect(waits).toEqual([1_000, 9_000, 4_000]);
});

test('its patience grows up to half a minute, and it ends when it is told to', async () => {
  const { said, waits } = await entering([], 8);
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(said.length).toBe(8);
});
