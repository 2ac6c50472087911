import { type Author, Message } from '@fantwin/shared/conversations';
import { expect, test } from 'vitest';
import { recentWriters } from './writers.ts';

const uuid = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const by = (kind: Author['kind'], id: number, name: string, sentAt: number) =>
  Message.parse({ messageId: uuid(sentAt), author: { id: uuid(id), name, kind }, text: 'x', sentAt });
const names = (messages: Message[], since = 0, most = 10) =>
  recentWriters(messages, since, most).map(({ name }) => name);

test('people are there once, the newest first, by their newest name; the twin is not one of them', () => {
  const messages = [
    by('fan', 1, 'Ann', 1),
    by('fan', 2, 'Ben', 2),
    by('character', 9, 'Mira', 3),
    by('creator', 3, 'Aiko', 4),
    by('fan', 1, 'Anna', 5),
    by('system', 8, 'Server', 6),
  ];
  expect(names(messages)).toEqual(['Anna', 'Aiko', 'Ben']);
  expect(names(messages, 4)).toEqual(['Anna', 'Aiko']);
  expect(names(messages, 0, 2)).toEqual(['Anna', 'Aiko']);
  expect(names([])).toEqual([]);
});
