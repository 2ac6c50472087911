import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OpenAiDouble, startOpenAiDouble } from './doubles/openai-double.ts';
import { type SpeechApiDouble, startSpeechApiDouble } from './doubles/speech-api-double.ts';
import { chromiumPath, openBrowser, story, Visitor } from './page/browser.ts';
import { startTestCluster, type TestCluster } from './server-process.ts';
import { freePort } from './free-port.ts';

const ANSWER =
  'Hello there, I am so glad that all of you came to listen to my little song tonight. ' +
  'It is about a lighthouse that waits for a ship, and about the sea that lies between the two of them, wide and blue.';
const LONG = `${'I could talk about the sea, the songs and the ships for hours. '.repeat(8)}Good night!`;

/** What a page gave to the loudspeaker: how loud, looked at every 10 ms, and each sound that it started. */
type Heard = {
  levels: { at: number; loud: boolean }[];
  /** `beginsAt`: when the beginning of the sound is heard, or would have been, ms since 1970; `ms`: its length. */
  starts: { beginsAt: number; offset: number; ms: number }[];
  /** When the page was told that the reply has ended, and when the last sound that it stopped for that is silent. */
  endedAt: number;
  silentAt: number;
};

/** Runs in the page. */
const listener = `
  const heard = { levels: [], starts: [], endedAt: 0, silentAt: 0 };
  window.heard = heard;
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && !window.ear) {
      window.ear = target.context.createAnalyser();
      window.ear.fftSize = 512;
      const wave = new Float32Array(512);
      setInterval(() => {
        window.ear.getFloatTimeDomainData(wave);
        const loud = wave.some((value) => Math.abs(value) > 0.02);
        if (loud !== (heard.levels.at(-1)?.loud ?? false)) heard.levels.push({ at: Date.now(), loud });
      }, 10);
    }
    if (target instanceof AudioDestinationNode) connect.call(this, window.ear);
    return connect.call(this, target, ...rest);
  };
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when, offset) {
    const { currentTime, outputLatency } = this.context;
    const beginsAt = Date.now() + (when - offset - currentTime + outputLatency) * 1000;
    heard.starts.push({ beginsAt, offset, ms: Math.round(this.buffer.duration * 1000) });
    return start.call(this, when, offset);
  };
  const stop = AudioBufferSourceNode.prototype.stop;
  AudioBufferSourceNode.prototype.stop = function (when) {
    heard.silentAt = Math.max(heard.silentAt, Date.now() + (when - this.context.currentTime) * 1000);
    return stop.call(this, when);
  };
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...rest) {
      super(...rest);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.includes('"reply.ended"')) heard.endedAt = Date.now();
      });
    }
  };`;

describe.skipIf(!chromiumPath)('a twin that is heard', story, () => {
  let browser: Browser;
  let model: OpenAiDouble;
  let voice: SpeechApiDouble;
  let cluster: TestCluster;
  let url: string;
  const visitors: Visitor[] = [];

  async function open(): Promise<Visitor> {
    const one = await Visitor.open(browser, url);
    await one.page.addInitScript(listener);
    await one.page.addInitScript(`localStorage.setItem('fantwin.quality', 'low')`); // the machine is for the sound
    visitors.push(one);
    return one;
  }
  const heard = ({ page }: Visitor): Promise<Heard> => page.evaluate('window.heard');
  const isLoud = async (one: Visitor) => (await heard(one)).levels.at(-1)?.loud === true;
  const inTheMiddle = async (one: Visitor) =>
    (await heard(one)).starts.some(
      ({ beginsAt, ms }) => Date.now() > beginsAt + 300 && Date.now() < beginsAt + ms - 2_000,
    );
  const voiceButton = ({ page }: Visitor) => page.getByRole('button', { name: 'Voice' });

  beforeAll(async () => {
    [browser, voice] = await Promise.all([openBrowser(), startSpeechApiDouble({ msPerChar: 60 })]);
    model = await startOpenAiDouble({
      answers: (messages) => (messages.at(-1)?.content.endsWith('Talk to me.') ? LONG : ANSWER),
      tokenMs: 60, // no faster than sentences are recorded on a busy machine: more than four that wait are silent
    });
    cluster = await startTestCluster(0, { LLM_BASE_URL: model.url, LLM_MODEL: 'double', ...voice.env });
    url = (await cluster.add({ PORT: String(await freePort()) })).url;
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await cluster?.close();
    await model?.close();
    await voice?.close();
  });

  test('two hear it at the same time, with its lips; a late joiner starts in the middle', async () => {
    const [ann, ben] = [await open(), await open()];
    await Promise.all([ann.enter('Ann'), ben.enter('Ben')]);
    for (const one of [ann, ben]) await one.avatarIsThere();
    const cyd = await open();
    await cyd.approach();
    expect(await voiceButton(ann).getAttribute('title')).toBe('Voice: gpt-4o-mini-tts, nova');
    await ann.say('Hello Mira!');
    for (const one of [ann, ben]) await one.until(() => isLoud(one), 'it is heard');
    await ann.until(() => inTheMiddle(ann), 'a long sentence has begun');

    await cyd.enter('Cyd');
    const enteredAt = Date.now();
    await cyd.until(() => isLoud(cyd), 'the late joiner hears it');
    const heardAt = (await heard(cyd)).levels.find(({ loud }) => loud)?.at ?? 0; // not when we came to look
    expect(heardAt - enteredAt, 'a late joiner hears it within a second').toBeLessThan(1_000);
    expect(Math.max(...(await heard(cyd)).starts.map(({ offset }) => offset))).toBeGreaterThan(0.2);

    for (const one of [ann, ben, cyd]) await one.until(async () => !(await isLoud(one)), 'it is over');
    await ann.mouthRests();
    const [one, two] = await Promise.all([heard(ann), heard(ben)]);
    const sameSound = two.starts.flatMap((his) => {
      const hers = one.starts.find(({ ms, beginsAt }) => ms === his.ms && Math.abs(beginsAt - his.beginsAt) < 2_000);
      return hers ? [Math.abs(hers.beginsAt - his.beginsAt)] : [];
    });
    expect(sameSound.length).toBeGreaterThan(1);
    expect(Math.max(...sameSound), 'two browsers hear each sentence at the same time').toBeLessThan(80);
    const { mouth } = await ann.recorded();
    const fell = one.levels.findLast(({ loud }) => !loud)?.at ?? 0;
    expect(Math.abs((mouth.at(-1)?.at ?? 0) - fell), 'the mouth closes with the sound').toBeLessThan(600); // few frames a second
    expect([...ann.faults, ...ben.faults, ...cyd.faults]).toEqual([]);
  });

  test('a stop is silence within 150 ms; off stays off after a reload, and on goes on in the middle', async () => {
    const ann = await open();
    await ann.enter('Ann');
    await ann.page.getByRole('link', { name: 'Back to the live conversations' }).click();
    await ann.page.getByRole('button', { name: 'Talk in private: Mira' }).click();
    await ann.page.getByText('Private', { exact: true }).waitFor();
    await ann.avatarIsThere();
    await ann.say('Talk to me.');
    await ann.until(() => isLoud(ann), 'it is heard');

    await voiceButton(ann).click();
    await ann.until(async () => !(await isLoud(ann)), 'it is turned off');
    const before = (await heard(ann)).starts.length;
    await voiceButton(ann).click();
    await ann.until(() => isLoud(ann), 'it is turned on again');
    const again = (await heard(ann)).starts.slice(before);
    expect(Math.max(...again.map(({ offset }) => offset)), 'it goes on in the middle').toBeGreaterThan(0);
    await ann.page.getByRole('button', { name: 'Stop the answer' }).click();
    await ann.page.getByText('The answer was stopped.').waitFor();
    await ann.until(async () => !(await isLoud(ann)), 'silence');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await isLoud(ann), 'and it stays silent').toBe(false);
    const { endedAt, silentAt } = await heard(ann);
    expect(silentAt, 'the stop was told, then it was silent').toBeGreaterThan(endedAt);
    expect(silentAt - endedAt).toBeLessThan(150);

    await voiceButton(ann).click();
    await ann.page.reload();
    await voiceButton(ann).waitFor();
    expect(await voiceButton(ann).getAttribute('aria-pressed')).toBe('false');
    expect(ann.faults).toEqual([]);
  });

  test('a sound that does not come leaves the mouth moving without it', async () => {
    const ann = await open();
    await ann.page.route(/\/speech\//, (route) =>
      route.fulfill({ status: 200, body: 'no sound', contentType: 'audio/wav' }),
    );
    await ann.enter('Ann');
    await ann.avatarIsThere();
    await ann.say('Hello again!');
    await ann.page.locator('[data-speaking=true]').waitFor();
    await ann.mouthRests();
    expect((await ann.recorded()).mouth.length).toBeGreaterThan(3);
    expect((await heard(ann)).starts).toEqual([]);
    expect(ann.faults).toEqual([]);
  });

  test('a page that nobody touched says so, and the touch is heard', async () => {
    const ann = await open();
    // Whatever looks into the page from here counts as a touch for Chromium, so the page does not ask Chromium.
    await ann.page.addInitScript(`Object.defineProperty(navigator, 'userActivation', { value: undefined })`);
    await ann.enter('Ann');
    await ann.say('Talk to me.');
    await ann.until(() => isLoud(ann), 'it is heard');
    await ann.page.reload();
    const tap = ann.page.getByText('Tap for sound');
    await tap.waitFor();
    await ann.page.locator('[data-speaking=true]').waitFor();
    expect((await heard(ann)).starts, 'she speaks without being heard').toEqual([]);
    await tap.click();
    await ann.until(() => isLoud(ann), 'it is heard again');
    await tap.waitFor({ state: 'detached' });
    expect(await voiceButton(ann).getAttribute('aria-pressed')).toBe('true');
    expect(ann.faults).toEqual([]);
  });
});
