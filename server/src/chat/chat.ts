import {
  messagesPerConversation,
  messagesPerIp,
  messagesPerUser,
  WAITING_MAX,
  type Limit,
} from '@fantwin/shared/limits';
import type { Input, Output } from '@fantwin/shared/live';
import { can } from '../accounts/permissions.ts';
import { AppError } from '../core/errors.ts';
import type { Who } from '../core/who.ts';
import { type Conversations, facts } from '../conversations/conversations.ts';
import type { StoredConversation } from '../conversations/conversations.store.ts';
import type { Delivery, MessageStore } from '../conversations/messages.store.ts';
import type { Outbox } from '../conversations/outbox.ts';
import type { Guardian, Screened } from '../guardian/verdict.ts';
import type { VerdictStore } from '../guardian/verdicts.store.ts';
import type { ChatStore } from './chat.store.ts';

type Deps = {
  conversations: Pick<Conversations, 'visible' | 'standing'>;
  messages: Pick<MessageStore, 'byClientKey'>;
  store: ChatStore;
  verdicts: VerdictStore;
  guardian: Pick<Guardian, 'screenInput'>;
  outbox: Pick<Outbox, 'deliver'>;
  /** Throws `rate-limited`. */
  consume: (name: string, key: string, limit: Limit) => Promise<void>;
  giveBack: (name: string, key: string, limit: Limit) => Promise<void>;
  waitingIn: (conversationId: string) => Promise<number>;
  canReply: () => boolean;
  newId: () => string;
  now: () => number;
};

/** About how long one answer takes, told to a fan who finds the line full. */
const ANSWER_MS = 10_000;

export function createChat(deps: Deps) {
  /** Accepts a fan's message and asks for the reply. Throws `blocked` when the guardian refuses the text. */
  async function send(who: Who, input: Input<'message:send'>): Promise<Output<'message:send'>> {
    const known = await deps.messages.byClientKey(who.userId, input.clientKey);
    if (known) return deps.outbox.deliver(known);

    const conversation = await deps.conversations.visible(who, input.conversationId);
    if (!can(who, 'conversation:write', facts(conversation))) throw new AppError('forbidden', 'You cannot write here.');
    await refuseRestricted(who, conversation);
    await countAttempt(who);
    const stored = await store(who, conversation, input).catch(async (error: unknown) => {
      if (error instanceof AppError && error.code === 'unavailable') await giveBackAttempt(who);
      throw error;
    });
    return deps.outbox.deliver(stored);
  }

  async function store(who: Who, conversation: StoredConversation, input: Input<'message:send'>): Promise<Delivery> {
    const { verdict, text } = await screen(who, conversation, input.text);
    const answer = conversation.mode === 'ai' && deps.canReply() ? 'waiting' : 'none';
    if (answer === 'waiting') await refuseWhenLineIsFull(conversation);
    await countMessage(who, conversation);

    const id = deps.newId();
    const at = deps.now();
    const author = { id: who.userId, name: who.displayName, kind: authorKind(who, conversation) };
    return deps.store.storeOnce(
      { id, conversationId: conversation.id, author, text, clientKey: input.clientKey, answer, sentAt: at },
      {
        id: deps.newId(),
        conversationId: conversation.id,
        subjectId: id,
        authorId: who.userId,
        direction: 'input',
        verdict,
        at,
      },
    );
  }

  function authorKind(who: Who, conversation: StoredConversation): 'creator' | 'fan' {
    return conversation.character.creatorId === who.userId ? 'creator' : 'fan';
  }

  async function refuseRestricted(who: Who, conversation: StoredConversation): Promise<void> {
    const { restricted } = await deps.conversations.standing(who, conversation);
    if (!restricted) return;
    const retryAfterMs = restricted.until ? restricted.until - deps.now() : undefined;
    throw new AppError('forbidden', 'You cannot write here for a while.', { retryAfterMs });
  }

  async function countAttempt(who: Who): Promise<void> {
    await deps.consume('messages-per-user', who.userId, messagesPerUser);
    await deps.consume('messages-per-ip', who.address, messagesPerIp);
  }

  /** The fan tries again when Postgres is back, and is not to find that used up what they may write. */
  async function giveBackAttempt(who: Who): Promise<void> {
    await Promise.allSettled([
      deps.giveBack('messages-per-user', who.userId, messagesPerUser),
      deps.giveBack('messages-per-ip', who.address, messagesPerIp),
    ]);
  }

  /** Last of all: what was refused before costs nobody their turn, and the room nothing. */
  async function countMessage(who: Who, conversation: StoredConversation): Promise<void> {
    if (conversation.slowModeSeconds > 0 && !can(who, 'conversation:moderate', facts(conversation))) {
      const perMs = conversation.slowModeSeconds * 1_000;
      await deps.consume(`slow-mode-${conversation.slowModeSeconds}`, `${conversation.id}:${who.userId}`, {
        points: 1,
        perMs,
      });
    }
    await deps.consume('messages-per-conversation', conversation.id, messagesPerConversation);
  }

  async function screen(who: Who, { id, wordList }: StoredConversation, text: string): Promise<Screened> {
    const screened = await deps.guardian.screenInput(text, { wordList });
    if (screened.verdict.action !== 'block') return screened;
    const { verdict } = screened;
    await deps.verdicts.record({
      id: deps.newId(),
      conversationId: id,
      authorId: who.userId,
      direction: 'input',
      verdict,
      at: deps.now(),
    });
    const message = verdict.labels.includes('self_harm')
      ? 'This message was not sent. If you are thinking of hurting yourself, please talk to someone now: your local emergency number or a crisis line is there for you.'
      : 'This message breaks the rules of the room and was not sent.';
    throw new AppError('blocked', message, { details: { labels: verdict.labels } });
  }

  async function refuseWhenLineIsFull({ id, kind }: StoredConversation): Promise<void> {
    const waiting = await deps.waitingIn(id);
    if (waiting < WAITING_MAX[kind]) return;
    throw new AppError('busy', 'Many messages are waiting for an answer. Please try again in a moment.', {
      retryAfterMs: ANSWER_MS,
    });
  }

  return { send };
}

export type Chat = ReturnType<typeof createChat>;
