import type { Finish } from '@fantwin/shared/events';
import type { ReplyId } from '@fantwin/shared/ids';
import type { ConversationStore } from '../conversations/conversations.store.ts';
import type { Claim, EventLog, Fence } from '../conversations/events.log.ts';
import type { MessageStore } from '../conversations/messages.store.ts';
import { sleep } from '../core/sleep.ts';
import { toVerdict } from '../guardian/verdict.ts';
import type { StreamEnd } from '../llm/engine.ts';
import type { Line } from './line.ts';
import { publish, ShutOut } from './publishing.ts';
import type { Lock } from './replies.queue.ts';
import type { ReplyStore } from './replies.store.ts';
import type { MakeReply, Outcome, Task } from './replies.ts';

type Deps = {
  line: Pick<Line, 'ask' | 'handOut' | 'close'>;
  log: EventLog;
  store: ReplyStore;
  conversations: Pick<ConversationStore, 'byId'>;
  messages: Pick<MessageStore, 'byId' | 'dismissWaiting'>;
  makeReply: MakeReply;
  observe: {
    began: (makers: number, sinceSentMs: number) => void;
    ended: (finish: Finish, cost: StreamEnd | undefined) => void;
  };
  newId: () => string;
  now: () => number;
};

type Making = { abort: AbortController; replyId?: string; ended: Promise<void> };

const MAKERS_MAX = 6; // the first, and five that took over
/** The queue closes the books on a job within this time. */
const BOOKS_MS = 1_000;

/** Who makes a reply: the queue's lock says it, the fence enforces it. */
export function createMakers(deps: Deps) {
  const running = new Map<string, Making>();
  let handingOver = false;

  /** Makes the reply of one turn. Returns early, leaving it to another maker, when the lock is lost. */
  async function make(job: { conversationId: string; turn: string }, lock: Lock): Promise<unknown> {
    const key = `${job.conversationId}:${job.turn}`;
    running.get(key)?.abort.abort(); // this process lost the job and got it again
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const mine: Making = { abort: new AbortController(), ended };
    running.set(key, mine);
    const stillMine = async () => !handingOver && running.get(key) === mine && (await lock.held());
    try {
      const message = await deps.line.handOut(job.conversationId, job.turn);
      if (!message) return undefined;
      const task = await begin(job.conversationId, message.messageId);
      mine.replyId = task?.reply.replyId;
      if (task && !(await makeUntilEnded(task, stillMine, mine))) return await leaveToAnother(task);
      return await deps.line.close(job.conversationId, job.turn);
    } finally {
      const last = running.get(key) === mine;
      if (last) running.delete(key);
      end();
      if (!last) await newerOnes(key);
    }
  }

  /** The queue knows processes, not makers: for it the return of an old one would end the job of the new one. */
  async function newerOnes(key: string): Promise<void> {
    for (let newer = running.get(key); newer; newer = running.get(key)) await newer.ended;
    await sleep(BOOKS_MS);
  }

  /**
   * Whoever has the lock goes on. Where Redis lost the job with the lock it is made again. While this server goes away
   * its jobs must not end: their locks are released, and others take them.
   */
  function leaveToAnother({ conversation, asked }: Task): Promise<unknown> {
    return handingOver ? new Promise(() => {}) : deps.line.ask(conversation.id, asked);
  }

  async function begin(conversationId: string, messageId: string): Promise<Task | undefined> {
    const conversation = await deps.conversations.byId(conversationId);
    if (!conversation?.open) await deps.messages.dismissWaiting(conversationId); // stored while it was ended
    const message = await deps.messages.byId(messageId);
    if (!message || !conversation || message.answer === 'none') return undefined;
    const { id: characterId, name } = conversation.character;
    const reply = await deps.store.begin({
      id: deps.newId(),
      conversationId,
      replyTo: messageId,
      characterId,
      at: deps.now(),
    });
    deps.observe.began(reply.makers, deps.now() - message.message.sentAt);
    return {
      reply,
      conversation,
      author: { id: characterId, name, kind: 'character' },
      asked: message.message,
    };
  }

  async function makeUntilEnded(task: Task, stillMine: () => Promise<boolean>, mine: Making): Promise<boolean> {
    for (;;) {
      const claim = await deps.log.claim(task.conversation.id, task.reply.replyId);
      if (!(await stillMine())) return false;
      try {
        await endWith(task, claim.fence, await settle(task, claim, mine.abort.signal));
        return true;
      } catch (error) {
        if (!(error instanceof ShutOut)) throw error;
        mine.abort = new AbortController();
      }
    }
  }

  /** How the reply ends: as it did already, as somebody stopped it, or as it is made now. */
  async function settle(task: Task, claim: Claim, signal: AbortSignal): Promise<Outcome> {
    const { reply } = task;
    const { speaksUntil } = claim;
    const judged = { id: deps.newId(), verdict: toVerdict([]), at: deps.now() };
    if (reply.state === 'ended') return { finish: reply.finish ?? 'complete', text: reply.text, speaksUntil, judged };
    if (claim.state === 'stopping') return { finish: claim.finish, text: claim.text, speaksUntil: deps.now(), judged };
    if (claim.state === 'ended') return { finish: 'complete', text: claim.text, speaksUntil, judged };
    const text = claim.state === 'unknown' ? reply.text : claim.text;
    const chain = deps.makeReply(task, claim, text, signal);
    if (reply.makers <= MAKERS_MAX) return chain.run();
    await chain.announce();
    return { finish: 'failed', text, speaksUntil, judged };
  }

  async function endWith(task: Task, fence: Fence, outcome: Outcome): Promise<void> {
    const { reply, author, conversation } = task;
    const { text, finish } = await deps.store.end({
      ...outcome,
      replyId: reply.replyId,
      author,
      at: deps.now(),
      maker: reply.makers,
      ...(outcome.route?.adapter && { adapter: outcome.route.adapter }),
      ...(outcome.route?.degraded && { degraded: true }),
    });
    const ended = {
      type: 'reply.ended',
      replyId: reply.replyId as ReplyId,
      finish,
      text,
      speaksUntil: outcome.speaksUntil,
    } as const;
    await publish(deps.log, conversation.id, ended, fence);
    deps.observe.ended(finish, outcome.cost);
  }

  return {
    make,

    /** Tells the maker here, if there is one, that its reply was stopped. */
    abort(replyId: string): void {
      for (const { replyId: its, abort } of running.values()) if (its === replyId) abort.abort();
    },

    /** Stops the engines and keeps what is published; the jobs are then given back. */
    handOver(): void {
      handingOver = true;
      for (const { abort } of running.values()) abort.abort();
    },

    running: () => running.size,
  };
}

export type Makers = ReturnType<typeof createMakers>;
