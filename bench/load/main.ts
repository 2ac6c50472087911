// The people, in a process of their own so that what they cost is not taken for the server's.
import { serve } from '../child.ts';
import { nowMs } from '../clock.ts';
import { percentile } from '../statistics.ts';
import { Crowd, type CrowdOptions } from './crowd.ts';
import { measureHttp } from './http.ts';
import type { Viewer } from './viewer.ts';

const crowds = new Map<string, Crowd>();

function crowdOf(name: string): Crowd {
  const crowd = crowds.get(name);
  if (!crowd) throw new Error(`there is no crowd ${name}`);
  return crowd;
}

function viewerOf(name: string, n: number): Viewer {
  const viewer = crowdOf(name).viewers[n];
  if (!viewer) throw new Error(`${name} has no viewer ${n}`);
  return viewer;
}

type Said = { ok: boolean; data?: { messageId: string }; error?: { code: string; message: string } };

const SAY_MS = 60_000;
const SAY_TRY_MS = 8_000;
const SAY_AGAIN_MS = 300;

/** As the page does it: the same message with the same key until somebody has it. */
async function say(viewer: Viewer, text: string): Promise<void> {
  const { conversationId } = viewer;
  const message = { conversationId, clientKey: crypto.randomUUID(), text };
  for (const giveUpAt = nowMs() + SAY_MS; ; await pause(SAY_AGAIN_MS)) {
    const { ok, error } = await viewer.request<Said>('message:send', message, SAY_TRY_MS).catch(unanswered);
    if (ok) return;
    if (error?.code !== 'unavailable' || nowMs() > giveUpAt)
      throw new Error(`a message was refused: ${error?.code} ${error?.message}`);
  }
}

/** The answer is lost with a connection. */
const unanswered = (): Said => ({ ok: false, error: { code: 'unavailable', message: 'No answer.' } });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const methods = {
  async gather({ name, ...options }: CrowdOptions & { name: string }): Promise<{ ms: number }> {
    const crowd = new Crowd(options);
    crowds.set(name, crowd);
    const startedAt = nowMs();
    await crowd.gather();
    return { ms: nowMs() - startedAt };
  },

  churn: ({ name, sharePerMinute }: { name: string; sharePerMinute: number }) => crowdOf(name).churn(sharePerMinute),
  calm: (name: string) => crowdOf(name).calm(),
  counts: (name: string) => crowdOf(name).counts,

  say: ({ name, n, text }: { name: string; n: number; text: string }) => say(viewerOf(name, n), text),

  /** Everybody says it, evenly over some time. */
  async sayAll({ name, text, overMs }: { name: string; text: string; overMs: number }): Promise<void> {
    const { viewers } = crowdOf(name);
    const startedAt = nowMs();
    await Promise.all(
      viewers.map(async (viewer, n) => {
        await pause(Math.max(0, startedAt + (overMs * n) / viewers.length - nowMs()));
        await say(viewer, text);
      }),
    );
  },

  /** How many were given text of a reply. */
  listening: (name: string) => crowdOf(name).viewers.filter(({ firstDeltaAtMs }) => firstDeltaAtMs > 0).length,

  firstDeltas: (name: string) =>
    Object.fromEntries(
      crowdOf(name).viewers.map(({ conversationId, firstDeltaAtMs }) => [conversationId, firstDeltaAtMs]),
    ),

  /** Asks to stop the reply that a viewer hears; answers when it asked, and was answered. */
  async stopReply({ name, n }: { name: string; n: number }): Promise<{ sentAtMs: number; answeredAtMs: number }> {
    const viewer = viewerOf(name, n);
    const sentAtMs = nowMs();
    const { ok, error } = await viewer.request<Said>('reply:stop', { replyId: viewer.replyId });
    if (!ok) throw new Error(`a stop was refused: ${error?.code} ${error?.message}`);
    return { sentAtMs, answeredAtMs: nowMs() };
  },

  /** When each was last given text; 0 for those that never were. */
  lastDeltas: (name: string) => crowdOf(name).viewers.map(({ lastDeltaAtMs }) => lastDeltaAtMs),
  repliesOf: (name: string) => crowdOf(name).viewers.map(({ replyId }) => replyId),
  serversOf: (name: string) => crowdOf(name).viewers.map(({ server }) => server),

  /** The network goes away under everybody at once; resolves when all have their place again. */
  async cutAll(name: string): Promise<{ p50Ms: number; p99Ms: number; lastMs: number }> {
    const { viewers } = crowdOf(name);
    const cutAt = nowMs();
    await Promise.all(viewers.map((viewer) => viewer.cut()));
    const times = viewers.map(({ insideAtMs }) => insideAtMs - cutAt);
    return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99), lastMs: percentile(times, 1) };
  },

  forget: (name: string) => crowdOf(name).viewers.forEach((viewer) => viewer.forget()),
  watchForNews: ({ name, fromMs }: { name: string; fromMs: number }) =>
    crowdOf(name).viewers.forEach((viewer) => viewer.watchForNews(fromMs)),
  /** By viewer: when it lost its connection, had news, and heard the reply again after its longest silence; 0: not. */
  news: (name: string) =>
    crowdOf(name).viewers.map(({ lostAtMs, freshAtMs, spokeAgainAtMs, conversationId, replyId }) => ({
      lostAtMs,
      freshAtMs,
      spokeAgainAtMs,
      conversationId,
      replyId,
    })),

  /** How many have not come as far as the furthest of their conversation. */
  behind(name: string): number {
    const { viewers } = crowdOf(name);
    const furthest = new Map<string, number>();
    for (const { conversationId, seq } of viewers)
      furthest.set(conversationId, Math.max(seq, furthest.get(conversationId) ?? 0));
    return viewers.filter(({ conversationId, seq }) => seq < (furthest.get(conversationId) ?? 0)).length;
  },

  leave(name: string): void {
    crowds.get(name)?.close();
    crowds.delete(name);
  },

  http: measureHttp,
};
export type LoadMethods = typeof methods;

serve(methods);
