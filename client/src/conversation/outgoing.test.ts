import type { Message } from '@fantwin/shared/conversations';
import { ReplyId, UserId } from '@fantwin/shared/ids';
import { expect, test } from 'vitest';
import { type Outgoing, unseen } from './outgoing.ts';
import { myPlace } from './place.ts';

const me = UserId.parse('01900000-0000-7000-8000-000000000001');
const messageId = ReplyId.parse('01900000-0000-7000-8000-000000000002');
const replyId = ReplyId.parse('01900000-0000-7000-8000-000000000003');
const posted: Message = { messageId, author: { id: me, name: 'Aki', kind: 'fan' }, text: 'Hello', sentAt: 10_000 };
const sending: Outgoing = { clientKey: 'key-00001', text: 'Hello', sentAt: 9_900, state: 'sending' };

test('a message whose event came before its acknowledgement is shown once', () => {
  expect(unseen([sending], [], me)).toEqual([sending]);
  expect(unseen([sending], [posted], me)).toEqual([]);
});

test('an acknowledged message waits until the log brings it', () => {
  const accepted = { ...sending, state: 'accepted' as const, messageId };
  expect(unseen([accepted], [{ ...posted, messageId: replyId }], me)).toEqual([accepted]);
  expect(unseen([accepted], [posted], me)).toEqual([]);
});

test('the same words said long ago, or by somebody else, hide nothing', () => {
  expect(unseen([{ ...sending, sentAt: 60_000 }], [posted], me)).toHaveLength(1);
  expect(unseen([sending], [{ ...posted, author: { ...posted.author, id: replyId } }], me)).toHaveLength(1);
});

test('a message that failed stays until the person decides', () => {
  expect(unseen([{ ...sending, state: 'failed' }], [posted], me)).toHaveLength(1);
});

test('my place in line goes when my message is being answered', () => {
  const places = { [messageId]: 2 };
  const author = { id: replyId, name: 'Mira', kind: 'character' as const };
  expect(myPlace(places, { messages: [posted] })).toBe(2);
  expect(
    myPlace(places, { messages: [posted], reply: { replyId, replyTo: messageId, author, text: '' } }),
  ).toBeUndefined();
  const answer = { ...posted, messageId: replyId, author, replyTo: messageId };
  expect(myPlace(places, { messages: [posted, answer] })).toBeUndefined();
});
