import type { Guardian } from '../server/src/guardian/verdict.ts';
import type { EngineRequest, EngineRoute, Llm, StreamEnd, TokenStream } from '../server/src/llm/engine.ts';
import { nowMs } from './clock.ts';
import type { Pacer } from './pacer.ts';
import { Story, TOKEN_CHARS } from './stories.ts';

/** How the engine answers. `noteFirst`: when the word came with which the guardian lets the first text go. */
export type Plan = { perSecond: number; tokens: number; noteFirst?: boolean };

/** An engine in the server's process: tells the conversation's story at a chosen pace, carries on from a prefix. */
export function createPacedEngine(pacer: Pacer, guardian: Guardian) {
  const plans = new Map<string, Plan>();
  const firstWordAtMs: Record<string, number> = {};
  let usual: Plan = { perSecond: 20, tokens: 200 };
  let open = 0;
  let given = 0;

  async function* stream({ conversationId = '', prefix = '', signal }: EngineRequest): TokenStream {
    const plan = plans.get(conversationId) ?? usual;
    const story = new Story(conversationId);
    const releases = plan.noteFirst ? await tokensUntilReleased(guardian, story) : -1;
    let at = prefix.length;
    let owed = 0;
    let wake = () => {};
    const stop = pacer.start(plan.perSecond, (count) => {
      owed += count;
      wake();
    });
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort, { once: true });
    open += 1;
    try {
      while (at < plan.tokens * TOKEN_CHARS) {
        if (signal.aborted) return end('aborted', at);
        if (owed === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        owed -= 1;
        const to = (Math.floor(at / TOKEN_CHARS) + 1) * TOKEN_CHARS;
        if (to / TOKEN_CHARS === releases) firstWordAtMs[conversationId] = nowMs();
        const token = story.slice(at, to);
        at = to;
        given += 1;
        yield token;
      }
      return end('stop', at);
    } finally {
      stop();
      signal.removeEventListener('abort', onAbort);
      open -= 1;
    }
  }

  const route: EngineRoute = { model: 'bench', continues: true, stream };
  const llm: Llm = { available: () => true, route: () => route, close: () => Promise.resolve() };

  return {
    llm,
    firstWordAtMs,
    counts: () => ({ open, given }),
    /** Of one conversation, or of all others. */
    plan(plan: Plan, conversationIds?: string[]): void {
      if (!conversationIds) usual = plan;
      for (const id of conversationIds ?? []) plans.set(id, plan);
    },
  };
}

const end = (finish: StreamEnd['finish'], chars: number): StreamEnd => ({
  model: 'bench',
  finish,
  promptTokens: 0,
  completionTokens: chars / TOKEN_CHARS,
  costMicroUsd: 0,
});

/** With which token of the story the gate lets the first text go, the first being 1. */
async function tokensUntilReleased(guardian: Guardian, story: Story): Promise<number> {
  const gate = guardian.openGate({ wordList: [] });
  for (let n = 1; ; n += 1) if ((await gate.push(story.token(n - 1))).text !== '') return n;
}
