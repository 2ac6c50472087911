import type { ConversationEvent, EventBody } from '@fantwin/shared/events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventLog, type EventLog, type Fence, type LogStart } from '../../src/conversations/events.log.ts';
import { createKeys } from '../../src/platform/redis-keys.ts';
import { openTestStores, type TestStores } from '../stores.ts';

/** What several makers, people who stop, and a Redis that forgets may do, in any order. */
type Step =
  | { do: 'claim' | 'start' | 'delta' | 'sentence' | 'restart' | 'end' | 'resend'; maker: number }
  | { do: 'stop' | 'finish' | 'silence' | 'next' | 'forget' | 'post' };

const makerStep = fc.record({
  do: fc.constantFrom('claim', 'start', 'delta', 'delta', 'delta', 'sentence', 'restart', 'end', 'resend'),
  maker: fc.integer({ min: 0, max: 2 }),
});
const otherStep = fc.record({ do: fc.constantFrom('stop', 'finish', 'silence', 'next', 'forget', 'post') });
const steps = fc.array(fc.oneof({ arbitrary: makerStep, weight: 4 }, { arbitrary: otherStep, weight: 1 }), {
  minLength: 10,
  maxLength: 60,
}) as fc.Arbitrary<Step[]>;

let stores: TestStores;
beforeAll(async () => {
  stores = await openTestStores();
});
afterAll(() => stores?.close());

const author = { id: 'twin', name: 'Twin', kind: 'character' } as const;
const words = ['one ', 'two ', 'three ', 'はい。', '🎵 '];

/** Plays the steps on a real log; Postgres is played by `kept`, which knows what a maker noted or ended. */
class Play {
  readonly id = crypto.randomUUID();
  readonly log: EventLog;
  readonly keys = createKeys(stores.prefix);
  readonly epochs: ConversationEvent[][] = [];
  #redis = stores.redis();
  #reply = { id: crypto.randomUUID() as string, text: '', ended: false };
  #makers: { fence: Fence; text: string; spoken: number; last?: EventBody }[] = [];
  #stopping: { fence: Fence; text: string } | undefined;

  constructor() {
    this.log = createEventLog({
      redis: this.#redis,
      keys: this.keys,
      newEpoch: () => crypto.randomUUID(),
      loadStart: (): Promise<LogStart> =>
        Promise.resolve({
          mode: 'ai',
          ownerEpoch: 0,
          waiting: [],
          ...(!this.#reply.ended &&
            this.#reply.text && { reply: { replyId: this.#reply.id, replyTo: 'x', author, text: this.#reply.text } }),
        }),
    });
  }

  async run(list: Step[]): Promise<void> {
    for (const step of list) await this.#step(step);
    await this.#keepEpoch();
  }

  async #step(step: Step): Promise<void> {
    if ('maker' in step) return this.#makerStep(step.do, step.maker);
    const replyId = this.#reply.id as never;
    if (step.do === 'post')
      await this.log.append(this.id, {
        type: 'message.posted',
        message: { messageId: crypto.randomUUID() as never, author, text: 'hi', sentAt: 1 },
      });
    if (step.do === 'stop') {
      const stopping = await this.log.stop(this.id, this.#reply.id, 'stopped');
      if (stopping.state === 'stopping') this.#stopping = stopping;
    }
    if (step.do === 'finish' && this.#stopping) {
      const { fence, text } = this.#stopping;
      const ended = await this.log.append(this.id, { type: 'reply.ended', replyId, finish: 'stopped', text }, fence);
      if (ended.state === 'appended') this.#reply.ended = true;
    }
    if (step.do === 'silence') await this.log.append(this.id, { type: 'reply.silenced', replyId });
    if (step.do === 'next' && this.#reply.ended) {
      this.#reply = { id: crypto.randomUUID(), text: '', ended: false };
      this.#makers = [];
      this.#stopping = undefined;
    }
    if (step.do === 'forget') {
      await this.#keepEpoch();
      const all = await this.#redis.keys(`${stores.prefix}{c:${this.id}}:*`);
      if (all.length > 0) await this.#redis.del(...all);
    }
  }

  async #makerStep(what: string, n: number): Promise<void> {
    if (what === 'claim') {
      const claim = await this.log.claim(this.id, this.#reply.id);
      const text = claim.state === 'unknown' ? this.#reply.text : claim.text;
      this.#makers[n] = { fence: claim.fence, text, spoken: claim.spoken };
      return;
    }
    const maker = this.#makers[n];
    if (!maker) return;
    const replyId = this.#reply.id as never;
    const word = words[maker.text.length % words.length] ?? '';
    const spoken = {
      text: word,
      mood: { name: 'neutral', intensity: 0 },
      startsAt: Date.now(),
      durationMs: 1,
      visemes: [],
      words: [],
    } as const;
    const bodies: Record<string, EventBody | undefined> = {
      start: { type: 'reply.started', replyId, author, model: 'm', ...(maker.text && { text: maker.text }) },
      delta: { type: 'reply.delta', replyId, index: maker.text.length, text: word },
      sentence: { type: 'reply.sentence', replyId, index: maker.spoken, ...spoken, visemes: [], words: [] },
      restart: { type: 'reply.restarted', replyId },
      end: { type: 'reply.ended', replyId, finish: 'complete', text: maker.text, speaksUntil: Date.now() },
      resend: maker.last,
    };
    const body = bodies[what];
    if (!body) return;
    const appended = await this.log.append(this.id, body, maker.fence);
    if (appended.state === 'fenced' || appended.state === 'wait') return;
    if (what === 'resend') expect(appended.state).toBe('seen');
    maker.last = body.type === 'reply.delta' || body.type === 'reply.ended' ? body : undefined;
    if (appended.state !== 'appended') return;
    if (what === 'delta') maker.text += word;
    if (what === 'restart') maker.text = '';
    if (what === 'restart') maker.spoken = 0;
    if (what === 'sentence') maker.spoken += 1;
    if (what === 'end') this.#reply.ended = true;
    this.#reply.text = maker.text;
  }

  async #keepEpoch(): Promise<void> {
    this.epochs.push(await this.log.after(this.id, 0, 10_000));
  }
}

function expectLegal(events: ConversationEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
  const ended = new Set<string>();
  const started = new Set<string>();
  let text = '';
  let open: string | undefined;
  let sentences = 0;
  for (const event of events) {
    if (event.type === 'reply.silenced') expect(ended.has(event.replyId)).toBe(true);
    if (!('replyId' in event) || event.type === 'reply.silenced') continue;
    expect(ended.has(event.replyId)).toBe(false);
    if (event.type === 'reply.started') {
      expect(started.has(event.replyId)).toBe(false);
      started.add(event.replyId);
      expect(open === undefined || open === event.replyId).toBe(true);
      open = event.replyId;
      text = event.text ?? '';
      sentences = 0;
    }
    if (event.type === 'reply.restarted') text = '';
    if (event.type === 'reply.restarted') sentences = 0;
    if (event.type === 'reply.delta' && open === event.replyId) {
      expect(event.index).toBe(text.length);
      text += event.text;
    }
    if (event.type === 'reply.sentence' && open === event.replyId) expect(event.index).toBe(sentences++);
    if (event.type === 'reply.ended') {
      if (open === event.replyId) expect(event.text).toBe(text);
      ended.add(event.replyId);
      open = undefined;
    }
  }
}

describe('[P4] [P5] [P7] the log', () => {
  test('any interleaving of makers, stops, take-overs, restarts and losses is one legal log', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const play = new Play();
        await play.run(list);
        for (const events of play.epochs) expectLegal(events);
      }),
      { numRuns: Number(process.env.TEST_RUNS ?? 400) },
    );
  }, 120_000);
});
