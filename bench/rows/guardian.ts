import { createGuardian } from '../../server/src/guardian/guardian.ts';
import type { Row } from '../row.ts';
import { percentile, round } from '../statistics.ts';
import { Story } from '../stories.ts';

const goals = { p50Ms: 0.3, p99Ms: 2, frameMeanMicros: 20 };
const FRAME_CHARS = 24; // 40 ms at 100 tokens/s
const REPLY_FRAMES = 50;

/** Messages as fans write them; each is screened with a number of its own, so that no answer can be a remembered one. */
const short = ['hi!', 'Good morning', 'lol so true', 'こんばんは', 'what time is it there?', 'GG!!! 🎉🎉'];
const typical = [
  'I had the strangest dream last night, you were in it and we sailed to the moon together',
  'Can you tell us more about the song from last week? I have had it in my head all day long',
  'My sister and I are watching from Osaka, it rains here but your stream makes us happy :)',
  '今日の配信もとても楽しかったです。次のライブではどんな歌を歌いますか？',
  'ok but have you ever tried pineapple on pizza?? be honest with us please haha',
];

/** The guardian by itself, in this process. */
export const guardian: Row = {
  name: 'guardian',
  async run(bench) {
    const times = bench.quick ? 300 : 3_000;
    const story = new Story('guardian');
    const long = Array.from({ length: 20 }, (_, n) => story.slice(n * 600, n * 600 + 490));
    const lines = [];
    for (const [name, texts] of Object.entries({ short, typical, '500 characters': long })) {
      const { ms, cpuMs } = await screen(texts, times);
      const [p50, p99] = [percentile(ms, 0.5), percentile(ms, 0.99)];
      lines.push({
        what: `the guardian on a message, ${name}, ms`,
        goal: `p50 <= ${goals.p50Ms}, p99 <= ${goals.p99Ms}`,
        ours: `p50 ${round(p50)}, p99 ${round(p99)}`,
        met: p50 <= goals.p50Ms && p99 <= goals.p99Ms,
        notes: [
          `By CPU time p50 ${round(percentile(cpuMs, 0.5))}, p99 ${round(percentile(cpuMs, 0.99))}, which neighbours do not change.`,
        ],
      });
    }
    const meanMicros = await frames(times);
    lines.push({
      what: 'the guardian on a frame of a reply, without classifier, mean us',
      goal: `<= ${goals.frameMeanMicros}`,
      ours: round(meanMicros),
      met: meanMicros <= goals.frameMeanMicros,
      notes: [
        `CPU time, with opening the gate. Frames of ${FRAME_CHARS} characters, replies of ${REPLY_FRAMES} frames.`,
      ],
    });
    return lines;
  },
};

async function screen(texts: string[], times: number): Promise<{ ms: number[]; cpuMs: number[] }> {
  const { screenInput } = createGuardian();
  const ms: number[] = [];
  const cpuMs: number[] = [];
  for (let n = -Math.ceil(times / 4); n < times; n += 1) {
    const text = `${texts[Math.abs(n) % texts.length]} ${Math.abs(n)}`;
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    const { verdict } = await screenInput(text, { wordList: ['spoiler', 'ネタバレ'] });
    const took = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpuBefore);
    if (n >= 0) {
      ms.push(took);
      cpuMs.push((user + system) / 1_000);
    } // before: warming up
    if (verdict.action === 'block') throw new Error(`the guardian blocks ${text}`);
  }
  return { ms, cpuMs };
}

/** By CPU time, for a neighbour's turn would weigh more than many frames. */
async function frames(times: number): Promise<number> {
  const guard = createGuardian();
  const warmReplies = 10;
  let before = process.cpuUsage();
  let counted = 0;
  for (let reply = -warmReplies; reply < times / 10; reply += 1) {
    if (reply === 0) before = process.cpuUsage();
    const story = new Story(`reply ${reply % 7}`);
    const texts = Array.from({ length: REPLY_FRAMES }, (_, n) => story.slice(n * FRAME_CHARS, (n + 1) * FRAME_CHARS));
    const gate = guard.openGate({ wordList: ['spoiler'] });
    for (const text of texts) {
      const released = gate.push(text);
      if (released instanceof Promise) await released;
      if (reply >= 0) counted += 1;
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / counted;
}
