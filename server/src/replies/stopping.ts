import type { ReplyId } from '@fantwin/shared/ids';
import { can } from '../accounts/permissions.ts';
import { type Conversations, facts } from '../conversations/conversations.ts';
import type { StoredConversation } from '../conversations/conversations.store.ts';
import type { EventLog } from '../conversations/events.log.ts';
import { AppError } from '../core/errors.ts';
import type { Who } from '../core/who.ts';
import { toVerdict } from '../guardian/verdict.ts';
import type { ReplyStore, StoredReply } from './replies.store.ts';

type Deps = {
  log: Pick<EventLog, 'stop' | 'append' | 'snapshot'>;
  store: Pick<ReplyStore, 'byId' | 'end'>;
  conversations: Pick<Conversations, 'visible'>;
  /** Tells the maker, whichever server it is on. */
  tellMaker: (replyId: string) => void;
  recordAction: (action: {
    actorId: string;
    conversationId: string;
    action: string;
    subjectId: string;
  }) => Promise<void>;
  newId: () => string;
  now: () => number;
};

const TRIES = 5;

export function createStopping(deps: Deps) {
  /** Ends a reply in the middle of a word on every screen; one that is only spoken still is silenced. */
  async function stop(who: Who, replyId: string): Promise<void> {
    const reply = await deps.store.byId(replyId);
    if (!reply) throw new AppError('not-found', 'There is no such reply.');
    const conversation = await deps.conversations.visible(who, reply.conversationId);
    if (!can(who, 'reply:stop', facts(conversation)))
      throw new AppError('forbidden', 'Only the creator or a moderator can stop a reply here.');
    await end(reply, conversation);
    if (can(who, 'conversation:moderate', facts(conversation)))
      await deps.recordAction({
        actorId: who.userId,
        conversationId: conversation.id,
        action: 'reply.stop',
        subjectId: replyId,
      });
  }

  /** When a conversation ends, so does what is said in it. */
  async function stopRunning(conversation: StoredConversation): Promise<void> {
    const { reply: running } = await deps.log.snapshot(conversation.id);
    const reply = running && (await deps.store.byId(running.replyId));
    if (reply) await end(reply, conversation);
  }

  async function end(reply: StoredReply, conversation: StoredConversation): Promise<void> {
    const replyId = reply.replyId as ReplyId;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const stopping = await deps.log.stop(conversation.id, replyId, 'stopped');
      deps.tellMaker(replyId);
      if (stopping.state === 'speaking') {
        await deps.log.append(conversation.id, { type: 'reply.silenced', replyId });
        return;
      }
      if (stopping.state !== 'stopping') return; // it has ended, or nobody has seen it yet
      const { id, name } = conversation.character;
      const at = deps.now();
      const final = await deps.store.end({
        replyId,
        author: { id, name, kind: 'character' },
        text: stopping.text,
        finish: stopping.finish,
        at,
        judged: { id: deps.newId(), verdict: toVerdict([]), at },
      });
      const ended = { type: 'reply.ended', replyId, ...final, speaksUntil: at } as const;
      const appended = await deps.log.append(conversation.id, ended, stopping.fence);
      if (appended.state !== 'fenced') return;
    }
    throw new AppError('unavailable', 'The reply could not be stopped. Please try again.', { retryAfterMs: 200 });
  }

  return { stop, stopRunning };
}

export type Stopping = ReturnType<typeof createStopping>;
