import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { findEspeak } from '../../src/speech/espeak.client.ts';
import { lengthMs, readWav } from '../../src/speech/wav.ts';
import { openVoices } from '../../src/voices.ts';
import { type SpeechApiDouble, startSpeechApiDouble } from '../doubles/speech-api-double.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

const real = { speech: undefined };
let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

describe('a twin with a voice', () => {
  let voice: SpeechApiDouble;
  beforeAll(async () => {
    voice = await startSpeechApiDouble({ msPerChar: 20 });
  });
  afterAll(() => voice?.close());

  async function conversation(answers: string[]) {
    app = await startTestApp(answers, real, voice.env);
    const ann = await app.fan('Ann');
    const { conversation: joined } = await ann.join(app.live);
    return { app, ann, joined };
  }

  test('its sentences have sound, for everyone the same and recorded once, also by another server', async () => {
    const { app: site, ann, joined } = await conversation(['I am here. I am here.']);
    expect(joined.voice).toEqual({ name: 'gpt-4o-mini-tts, nova' });
    const ben = await site.fan('Ben');
    await ben.join(site.live);
    await ann.say('Are you there?');
    await ann.until('reply.ended');
    const [first, second] = ann.of('reply.sentence');
    expect(first?.url).toMatch(/^\/speech\/[0-9a-f]{64}\.wav$/);
    expect([second?.text, second?.url]).toEqual([first?.text, first?.url]);
    expect(second?.startsAt).toBeGreaterThanOrEqual((first?.startsAt ?? 0) + (first?.durationMs ?? 0));
    await ben.until('reply.ended');
    expect(ben.of('reply.sentence')).toEqual(ann.of('reply.sentence'));
    expect(voice.requests).toEqual([{ input: 'I am here.', voice: 'nova' }]);

    const other = await site.another({}, { ROLES: 'web' });
    const sound = Buffer.from(await (await fetch(other.url + first?.url)).arrayBuffer());
    expect(lengthMs(readWav(sound))).toBe(first?.durationMs);
    expect([...ann.faults, ...ben.faults]).toEqual([]);
  });

  test('the sound is cached for ever and given in parts; there is nothing else at its address', async () => {
    const { app: site, ann } = await conversation(['Cache me if you can.']);
    await ann.say('Hello?');
    const { url } = await ann.until('reply.sentence');
    const get = (path: string | undefined, headers: Record<string, string> = {}) =>
      fetch(`${site.url}${path}`, { headers });
    const whole = await get(url);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      etag: `"${url?.slice(8, 72)}"`,
    });
    const bytes = Buffer.from(await whole.arrayBuffer());
    const part = await get(url, { range: 'bytes=44-143' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 44-143/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(44, 144));
    expect(
      (await get(url, { 'if-none-match': whole.headers.get('etag') ?? '', 'cache-control': 'max-age=0' })).status,
    ).toBe(304);
    expect((await get(url, { range: `bytes=${bytes.length}-` })).status).toBe(416);

    for (const path of [
      `/speech/${'0'.repeat(64)}.wav`,
      '/speech/..%2f..%2fsecrets.json.wav',
      '/speech/',
      '/speech/x',
    ]) {
      const answer = await get(path);
      expect([path, answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
        path,
        404,
        'not-found',
      ]);
      expect(answer.headers.get('cache-control') ?? 'no-store').toBe('no-store');
    }
  });

  test('text does not wait for a voice that hangs: the sentence is said without sound', {
    timeout: 40_000,
  }, async () => {
    const { ann } = await conversation(['The first hangs. The second is fine.']);
    voice.misbehave('silent');
    await ann.say('Hello?');
    await ann.until('reply.delta', ({ index, text }) => (index ?? 0) + text.length >= 30);
    const textAt = Date.now();
    const first = await ann.until('reply.sentence');
    expect(Date.now() - textAt, 'the text was there long before the sentence').toBeGreaterThan(2_000);
    expect([first.url, first.visemes.length > 3]).toEqual([undefined, true]);
    const second = await ann.until('reply.sentence', ({ index }) => index === 1);
    expect(second.url).toBeDefined();
    expect((await ann.until('reply.ended')).finish).toBe('complete');
  });
});

const root = fileURLToPath(new URL('../../../', import.meta.url));
const voiceDir = process.env.TEST_VOICE_DIR ?? join(root, '.data');
const ready = findEspeak(voiceDir) !== undefined && existsSync(join(root, 'server/dist/speech/espeak.child.js'));

describe.skipIf(!ready)(ready ? 'eSpeak NG' : 'eSpeak NG in a server (skipped: npm run setup:voice)', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fantwin-voice-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('is taken where it is set up, and says so; a sentence that it cannot read is silent', async () => {
    symlinkSync(join(voiceDir, 'voice'), join(dataDir, 'voice'));
    app = await startTestApp(['Hello there, my friend. 今日は良い天気。'], real, { DATA_DIR: dataDir });
    expect(app.app.voices).toEqual(['eSpeak NG']);
    const ann = await app.fan('Ann');
    expect((await ann.join(app.live)).conversation.voice).toEqual({ name: 'eSpeak NG', unread: 'kanji' });
    await ann.say('Hello?');
    await ann.until('reply.ended');
    const sentences = ann.of('reply.sentence');
    expect(sentences.map(({ text, url }) => [text, url !== undefined])).toEqual([
      ['Hello there,', true],
      ['my friend.', true],
      ['今日は良い天気。', false],
    ]);
    const sound = await fetch(app.url + sentences[0]?.url);
    expect(lengthMs(readWav(new Uint8Array(await sound.arrayBuffer())))).toBe(sentences[0]?.durationMs);
  });
});

test('without a voice a conversation says so, and SPEECH=espeak without eSpeak stops the start', async () => {
  app = await startTestApp(['Hello.'], real);
  const ann = await app.fan('Ann');
  expect((await ann.join(app.live)).conversation.voice).toEqual({ silent: 'none' });
  const here = { dataDir: '/nowhere', serverFolder: new URL('../../dist/', import.meta.url) };
  const { speech } = readConfig({ SPEECH: 'espeak' });
  expect(() => openVoices(speech, { ...here, makesReplies: true })).toThrow('npm run setup:voice');
  expect(openVoices(speech, { ...here, makesReplies: false }).map(({ name }) => name)).toEqual(['eSpeak NG']);
  expect(openVoices(readConfig({}).speech, { ...here, makesReplies: true })).toEqual([]);
});
