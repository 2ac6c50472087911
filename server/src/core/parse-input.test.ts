import { routes } from '@fantwin/shared/http';
import { requests } from '@fantwin/shared/live';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AppError } from './errors.ts';
import { parseInput } from './parse-input.ts';

function refusal(schema: z.ZodType, input: unknown): string {
  try {
    parseInput(schema, input);
  } catch (error) {
    return (error as AppError).message;
  }
  throw new Error('it was accepted');
}

const send = requests['message:send'].input;
const right = { conversationId: '01990000-0000-7000-8000-000000000001', clientKey: 'key-0001', text: 'Hi' };

test('what is right comes out as the schema makes it', () => {
  expect(parseInput(send, { ...right, text: '  Hi\r\nthere ', more: 1 })).toEqual({ ...right, text: 'Hi\nthere' });
});

test.each([
  [send, { ...right, text: ' ' }, 'text: write something'],
  [send, { ...right, text: 'x'.repeat(501) }, 'text: use at most 500 characters'],
  [send, { ...right, text: undefined }, 'text: is missing'],
  [send, { ...right, text: 7 }, 'text: must be text'],
  [send, { ...right, conversationId: 'room' }, 'conversationId: must be an id'],
  [send, { ...right, clientKey: 'a key with spaces' }, 'clientKey: letters, digits, - and _ only'],
  [send, undefined, 'the request: is missing'],
  [send, [], 'the request: must be an object'],
  [routes.conversations.query, { kind: 'public' }, 'kind: must be one of live, private'],
  [routes.messages.query, { limit: '0' }, 'limit: must be at least 1'],
  [routes.messages.query, { limit: '1.5' }, 'limit: must be a whole number'],
  [z.object({ list: z.array(z.int()).max(1) }), { list: [1, 2] }, 'list: give at most 1 entry'],
  [z.object({ list: z.array(z.int()) }), { list: [1, 'x'] }, 'list.1: must be a number'],
])('%# is refused in plain words', (schema, input, message) => {
  expect(refusal(schema, input)).toBe(message);
});

test('a request with very many faults gets a short answer', () => {
  expect(refusal(z.array(z.int()), Array(1_000).fill('x')).length).toBeLessThan(500);
});
