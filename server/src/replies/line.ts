import type { Message } from '@fantwin/shared/conversations';
import type { Notice } from '@fantwin/shared/live';
import type { MessageStore } from '../conversations/messages.store.ts';
import type { Turn, Turns, Waiting } from './turns.log.ts';

type Deps = {
  turns: Turns;
  messages: Pick<MessageStore, 'unanswered'>;
  addJob: (conversationId: string, turn: Turn) => Promise<void>;
  notify: (userId: string, notice: Notice) => void;
  now: () => number;
};

/** A message that has waited for this long is put in line again, in case its turn was lost. */
const SWEEP_AFTER_MS = 5_000;
const SWEEP_MAX = 200;

/** The line of messages that wait for an answer, and the turns that answer them one by one. */
export function createLine({ turns, messages, addJob, notify, now }: Deps) {
  /** Safe to repeat: the line and the queue know the message and the turn. */
  async function ask(conversationId: string, message: Message): Promise<{ place: number }> {
    const waiting = { messageId: message.messageId, userId: message.author.id };
    const { place, ...turn } = await turns.want(conversationId, waiting, message.sentAt);
    await addJob(conversationId, turn);
    return { place };
  }

  /** The message that a turn answers, or undefined where there is nothing to do in it. */
  async function handOut(conversationId: string, turn: string): Promise<Waiting | undefined> {
    const given = await turns.handOut(conversationId, turn);
    if (given.state === 'stale' && given.open) await addJob(conversationId, given.open);
    if (given.state !== 'ok') return undefined;
    tellPlaces(conversationId, given.waiting);
    return given.message;
  }

  async function close(conversationId: string, turn: string): Promise<void> {
    const next = await turns.close(conversationId, turn);
    if (next) await addJob(conversationId, next);
  }

  function tellPlaces(conversationId: string, waiting: Waiting[]): void {
    waiting.forEach(({ messageId, userId }, before) => {
      const place = before + 1; // the one that is answered now comes first
      const text = place === 1 ? 'You are next.' : `${place} messages are answered before yours.`;
      notify(userId, { kind: 'place', text, place, conversationId, messageId } as Notice);
    });
  }

  /** Wakes conversations whose turn was lost with Redis or with a process. */
  async function sweep(waitedMs = SWEEP_AFTER_MS): Promise<void> {
    for (const { conversationId, message } of await messages.unanswered(now() - waitedMs, SWEEP_MAX))
      await ask(conversationId, message);
  }

  return { ask, handOut, close, sweep };
}

export type Line = ReturnType<typeof createLine>;
