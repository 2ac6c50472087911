import { Agent, request } from 'node:http';
import { nowMs } from '../clock.ts';

export type HttpLoad = {
  url: string;
  /** Asked for in turn. */
  paths: string[];
  forMs: number;
  /** Requests a second, sent when they are due however long the answers take; without it as fast as answers come. */
  perSecond?: number;
  connections: number;
};
export type HttpResult = { answered: number; failed: number; seconds: number; ms: Record<string, number[]> };

/** So many households behind the proxy ask, that none of them asks too often. */
const ADDRESSES = 50_000;

/** Loads a server over HTTP. Times count from when a request was due. */
export async function measureHttp({ url, paths, forMs, perSecond, connections }: HttpLoad): Promise<HttpResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const result: HttpResult = {
    answered: 0,
    failed: 0,
    seconds: 0,
    ms: Object.fromEntries(paths.map((path) => [path, []])),
  };
  let asked = 0;

  async function ask(dueAtMs: number): Promise<void> {
    const path = paths[asked % paths.length] ?? '/';
    const ok = await get(`${url}${path}`, agent, address(asked++));
    if (!ok) result.failed += 1;
    else {
      result.answered += 1;
      result.ms[path]?.push(nowMs() - dueAtMs);
    }
  }

  const startedAt = nowMs();
  const endsAt = startedAt + forMs;
  if (perSecond === undefined) {
    const asking = async () => {
      while (nowMs() < endsAt) await ask(nowMs());
    };
    await Promise.all(Array.from({ length: connections }, asking));
  } else {
    const all: Promise<void>[] = [];
    const every = 1_000 / perSecond;
    for (let dueAt = startedAt; dueAt < endsAt; ) {
      for (; dueAt <= nowMs() && dueAt < endsAt; dueAt += every) all.push(ask(dueAt));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(all);
  }
  result.seconds = (nowMs() - startedAt) / 1_000;
  agent.destroy();
  return result;
}

const address = (n: number): string => {
  const house = n % ADDRESSES;
  return `10.${house >> 16}.${(house >> 8) & 255}.${house & 255}`;
};

function get(url: string, agent: Agent, from: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(url, { agent, headers: { 'x-forwarded-for': from } }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode === 200));
      answer.once('error', () => resolve(false));
    });
    asked.setTimeout(10_000, () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.end();
  });
}
