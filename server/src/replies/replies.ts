import type { Author, ConversationKind, Message } from '@fantwin/shared/conversations';
import type { EventBody, Finish } from '@fantwin/shared/events';
import type { ReplyId } from '@fantwin/shared/ids';
import { PAGE_MESSAGES } from '@fantwin/shared/limits';
import type { StoredConversation } from '../conversations/conversations.store.ts';
import type { Claim, EventLog, Fence } from '../conversations/events.log.ts';
import type { MessageStore } from '../conversations/messages.store.ts';
import { withDeadline } from '../core/deadline.ts';
import { backoffMs, sleep } from '../core/sleep.ts';
import { type Gate, type Guardian, type Released, toVerdict } from '../guardian/verdict.ts';
import { type ChatMessage, EngineError, type EngineRoute, type Llm, type StreamEnd } from '../llm/engine.ts';
import { gatherFrames } from './frames.ts';
import type { PromptInput } from './prompt.ts';
import { isUnavailable, publish, ShutOut } from './publishing.ts';
import type { Ending, ReplyStore, StoredReply } from './replies.store.ts';
import type { Voice, VoiceStart } from './voice.ts';

type Deps = {
  log: EventLog;
  store: Pick<ReplyStore, 'note'>;
  messages: Pick<MessageStore, 'page'>;
  llm: Llm;
  guardian: Guardian;
  buildPrompt: (input: PromptInput) => ChatMessage[];
  /** What a prompt may take of an engine's context. */
  promptBudgetTokens: number;
  openVoice: (start: VoiceStart) => Voice;
  observe: {
    firstDelta: (sinceSentMs: number) => void;
    /** How long a stage took. */
    stage: (stage: 'prompt' | 'first-token' | 'stream' | 'speech', ms: number) => void;
    failed: (error: unknown, replyId: string) => void;
  };
  newId: () => string;
  now: () => number;
  frameWindowMs: (kind: ConversationKind) => number;
  /** How often the published text is kept in Postgres, for the day Redis forgets it. */
  noteEveryMs: number;
  maxTokens: number;
};

export type Task = { reply: StoredReply; conversation: StoredConversation; author: Author; asked: Message };
export type Outcome = {
  finish: Finish;
  text: string;
  speaksUntil: number;
  judged: Ending['judged'];
  cost?: StreamEnd;
  route?: EngineRoute;
};
export type MakeReply = (task: Task, claim: Claim, text: string, signal: AbortSignal) => Chain;

const ENGINE_TRIES = 3;
const GUARDIAN_TIMEOUT_MS = 2_000;
const FENCE_CHECK_MS = 1_000;
/** For a reply whose gate was not asked to the end. */
const allowed = toVerdict([]);

/** How a character answers: one chain for each claim of a reply. `text`: what is published already. */
export function createReplies(deps: Deps): MakeReply {
  return (task, claim, text, signal) => new Chain(deps, task, claim, text, signal);
}

/** One maker's work on one reply under one fence: tokens, frames, gate, deltas; and beside it the voice. */
class Chain {
  readonly #deps: Deps;
  readonly #task: Task;
  readonly #fence: Fence;
  readonly #abort = new AbortController();
  readonly #voice: Voice;
  readonly #route: EngineRoute;
  #text: string;
  #started: boolean;
  #notedAt = 0;
  #noting: Promise<void> | undefined;

  constructor(deps: Deps, task: Task, claim: Claim, text: string, signal: AbortSignal) {
    this.#deps = deps;
    this.#task = task;
    this.#fence = claim.fence;
    this.#text = text;
    this.#started = claim.state === 'running' && text !== '';
    this.#route = deps.llm.route({});
    signal.addEventListener('abort', () => this.#abort.abort(), { once: true });
    if (signal.aborted) this.#abort.abort();
    this.#voice = deps.openVoice({
      replyId: task.reply.replyId,
      language: task.conversation.character.language,
      voice: task.conversation.voice,
      text,
      spoken: claim.spoken,
      speaksUntil: claim.speaksUntil,
      publish: (event) => this.#append(event),
      signal: this.#abort.signal,
    });
  }

  async run(): Promise<Outcome> {
    const watch = setInterval(() => void this.#checkFence(), FENCE_CHECK_MS);
    try {
      return await this.#run();
    } catch (error) {
      if (error instanceof ShutOut) await this.#noteNow(); // whoever goes on may find nothing else
      throw error;
    } finally {
      clearInterval(watch);
      this.#abort.abort();
    }
  }

  async #run(): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (this.#text !== '' && !this.#route.continues) await this.#restart();
        return await this.#stream();
      } catch (error) {
        if (error instanceof ShutOut || isUnavailable(error)) throw error;
        this.#refuseAborted();
        const again = error instanceof EngineError && error.retryable && attempt < ENGINE_TRIES;
        this.#deps.observe.failed(error, this.#task.reply.replyId);
        if (!again) return this.#outcome('failed', allowed);
        await sleep(backoffMs(attempt, 300, 3_000), this.#abort.signal);
      }
    }
  }

  /** The one chain: tokens -> frames -> gate -> deltas. */
  async #stream(): Promise<Outcome> {
    const { guardian, frameWindowMs, observe } = this.#deps;
    const gate = guardian.openGate({ wordList: this.#task.conversation.wordList }, this.#text);
    let window = 0; // the first released word goes out at once
    const promptAt = performance.now();
    const prompt = await this.#prompt();
    const streamAt = performance.now();
    observe.stage('prompt', streamAt - promptAt);
    const frames = gatherFrames(this.#tokens(prompt), () => window);
    for (let first = true; ; first = false) {
      const next = await frames.next();
      if (first) observe.stage('first-token', performance.now() - streamAt);
      this.#refuseAborted();
      const released = await this.#judge(() => (next.done ? gate.end() : gate.push(next.value)));
      if (released.text !== '') {
        await this.#publish(released.text);
        window = frameWindowMs(this.#task.conversation.kind);
      }
      if (released.blocked) return this.#blocked(released.blocked);
      if (!next.done) continue;
      observe.stage('stream', performance.now() - streamAt);
      return this.#outcome(this.#text === '' ? 'failed' : 'complete', released.verdict ?? allowed, next.value);
    }
  }

  async #prompt(): Promise<ChatMessage[]> {
    const { conversation, asked } = this.#task;
    const { name, language } = conversation.character;
    return this.#deps.buildPrompt({
      character: { name, language, persona: conversation.persona },
      messages: await this.#deps.messages.page(conversation.id, PAGE_MESSAGES),
      replyTo: asked,
      budgetTokens: this.#deps.promptBudgetTokens,
      compact: this.#route.compact,
    });
  }

  #tokens(messages: ChatMessage[]): ReturnType<EngineRoute['stream']> {
    return this.#route.stream({
      messages,
      conversationId: this.#task.conversation.id,
      ...(this.#text !== '' && { prefix: this.#text }),
      maxTokens: this.#deps.maxTokens,
      signal: this.#abort.signal,
    });
  }

  /** Nothing leaves unjudged: a guardian that does not answer ends the reply. */
  #judge(ask: () => ReturnType<Gate['push']>): Promise<Released> {
    return withDeadline(Promise.resolve(ask()), GUARDIAN_TIMEOUT_MS, 'The guardian does not answer.').catch(
      (error: unknown) => {
        throw new Error('the guardian failed', { cause: error });
      },
    );
  }

  async #publish(text: string): Promise<void> {
    const { replyId } = this.#task.reply;
    await this.announce();
    await this.#append({ type: 'reply.delta', replyId: replyId as ReplyId, index: this.#text.length, text });
    this.#text += text;
    this.#voice.push(text);
    this.#note();
  }

  /** Tells that the reply has begun; waits until the mouth is free, for a reply lasts until it is spoken. */
  async announce(): Promise<void> {
    if (this.#started) return;
    const { reply, author, asked } = this.#task;
    const { model, adapter, degraded } = this.#route;
    await this.#append({
      type: 'reply.started',
      replyId: reply.replyId as ReplyId,
      replyTo: reply.replyTo as ReplyId,
      author,
      model,
      ...(adapter && { adapter }),
      ...(degraded && { degraded }),
      ...(this.#text !== '' && { text: this.#text }),
    });
    this.#started = true;
    this.#deps.observe.firstDelta(this.#deps.now() - asked.sentAt);
  }

  async #restart(): Promise<void> {
    await this.announce();
    await this.#voice.restart(); // first: a sentence that waits for its sound belongs before the restart
    await this.#append({ type: 'reply.restarted', replyId: this.#task.reply.replyId as ReplyId });
    this.#text = '';
  }

  async #blocked({ verdict, from }: NonNullable<Released['blocked']>): Promise<Outcome> {
    const outcome = await this.#outcome('blocked', verdict);
    return { ...outcome, text: this.#text.slice(0, from) }; // a match that began in shown text is taken back
  }

  async #outcome(finish: Finish, verdict: Ending['judged']['verdict'], cost?: StreamEnd): Promise<Outcome> {
    await this.announce();
    const textAt = performance.now();
    const speaksUntil = await this.#voice.end();
    this.#deps.observe.stage('speech', performance.now() - textAt);
    await this.#noting;
    const judged = { id: this.#deps.newId(), verdict, at: this.#deps.now() };
    return { finish, text: this.#text, speaksUntil, judged, route: this.#route, ...(cost && { cost }) };
  }

  async #append(event: EventBody): Promise<void> {
    await publish(this.#deps.log, this.#task.conversation.id, event, this.#fence, this.#abort.signal);
  }

  /** Off the token loop, and never two at once. */
  #note(): void {
    if (this.#noting || this.#deps.now() - this.#notedAt < this.#deps.noteEveryMs) return;
    this.#notedAt = this.#deps.now();
    this.#noting = this.#noteNow().finally(() => {
      this.#noting = undefined;
    });
  }

  async #noteNow(): Promise<void> {
    const { replyId, makers } = this.#task.reply;
    await this.#deps.store
      .note(replyId, makers, this.#text)
      .catch((error: unknown) => this.#deps.observe.failed(error, replyId));
  }

  async #checkFence(): Promise<void> {
    const holds = await this.#deps.log.holds(this.#task.conversation.id, this.#fence).catch(() => true);
    if (!holds) this.#abort.abort();
  }

  #refuseAborted(): void {
    if (this.#abort.signal.aborted) throw new ShutOut();
  }
}
