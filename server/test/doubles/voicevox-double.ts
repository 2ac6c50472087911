import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { writeWav } from '../../src/speech/wav.ts';
import { tone } from './tone.ts';

const SAMPLE_RATE = 24_000;
const CONSONANT = 0.08;
const VOWEL = 0.12;
const PAUSE = 0.3;
/** The few words that it can read: their moras in Latin letters. */
const readings: Record<string, string[][]> = {
  'こんにちは。': [['k-o', 'N', 'n-i', 'ch-i', 'w-a']],
  '今日は、良い天気ですね！': [
    ['ky-o', 'o', 'w-a', 'pau'],
    ['y-o', 'i'],
    ['t-e', 'N', 'k-i', 'd-e', 's-U', 'n-e'],
  ],
};

export type VoicevoxMisbehaviour = 'status-500' | 'silent' | 'no-moras' | 'mp3' | 'cut';
export type VoicevoxDouble = Awaited<ReturnType<typeof startVoicevoxDouble>>;

/** A VOICEVOX engine of our own: reads a few words, sounds as long as its query says, refuses a query that is not its own. */
export async function startVoicevoxDouble() {
  const requests: string[] = [];
  const faults: string[] = [];
  const misbehave: VoicevoxMisbehaviour[] = [];
  const queries: unknown[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://voicevox');
    const call = `${request.method} ${pathname}`;
    const json = (body: unknown) =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    const refuse = (detail: string) => {
      faults.push(detail);
      response.writeHead(422).end(JSON.stringify({ detail }));
    };
    if (call === 'GET /speakers') {
      const styles = [{ id: 3, name: 'ノーマル' }];
      return json([{ name: 'ずんだもん', speaker_uuid: 'x', styles, version: '0.14.5' }]);
    }
    if (searchParams.get('speaker') !== '3') return refuse(`${call}: no style ${searchParams.get('speaker')}`);
    requests.push(call);
    const bad =
      call === 'POST /audio_query' || misbehave[0] === 'mp3' || misbehave[0] === 'cut' ? misbehave[0] : undefined;
    if (bad === 'status-500' || bad === 'silent' || bad === 'no-moras') misbehave.shift();
    if (bad === 'status-500') return void response.writeHead(500).end();
    if (bad === 'silent') return;

    if (call === 'POST /audio_query') {
      const text = searchParams.get('text') ?? '';
      const query = queryOf(readings[text] ?? [['a']]);
      queries.push(query);
      return json(bad === 'no-moras' ? { ...query, accent_phrases: [{ accent: 1 }] } : query);
    }
    if (call !== 'POST /synthesis') return refuse(`unknown: ${call}`);
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const { outputSamplingRate, outputStereo, ...query } = JSON.parse(body);
    const own = queries.some((one) =>
      isDeepStrictEqual({ ...query, outputSamplingRate: 24_000, outputStereo: false }, one),
    );
    if (!own || outputSamplingRate !== SAMPLE_RATE || outputStereo !== false) return refuse('not a query of mine');
    const wav = soundOf(query);
    if (bad === 'mp3' || bad === 'cut') misbehave.shift();
    response.setHeader('content-type', 'audio/wav');
    if (bad === 'mp3') return void response.end('ID3 and so on');
    if (bad !== 'cut') return void response.end(wav);
    response.setHeader('content-length', String(wav.length));
    response.write(wav.subarray(0, 500));
    setTimeout(() => response.destroy(), 20);
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    faults,
    /** The next requests that it concerns, one each. */
    misbehave: (...list: VoicevoxMisbehaviour[]) => void misbehave.push(...list),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type MoraJson = { consonant: string | null; consonant_length: number | null; vowel: string; vowel_length: number };

function moraOf(name: string): MoraJson & { text: string; pitch: number } {
  const [first = '', second] = name.split('-');
  const consonant = second === undefined ? null : first;
  const vowel_length = name === 'pau' ? PAUSE : VOWEL;
  const consonant_length = consonant === null ? null : CONSONANT;
  return { text: name, consonant, consonant_length, vowel: second ?? first, vowel_length, pitch: 5.5 };
}

function queryOf(phrases: string[][]) {
  return {
    accent_phrases: phrases.map((names) => ({
      moras: names.filter((name) => name !== 'pau').map(moraOf),
      accent: 1,
      pause_mora: names.includes('pau') ? moraOf('pau') : null,
      is_interrogative: false,
    })),
    speedScale: 1.25,
    pitchScale: 0,
    intonationScale: 1,
    volumeScale: 1,
    prePhonemeLength: 0.1,
    postPhonemeLength: 0.2,
    pauseLength: null,
    pauseLengthScale: 1,
    outputSamplingRate: 24_000,
    outputStereo: false,
    kana: "テ'スト",
  };
}

function soundOf({
  accent_phrases,
  prePhonemeLength,
  postPhonemeLength,
  speedScale,
}: ReturnType<typeof queryOf>): Uint8Array {
  const moras = accent_phrases.flatMap(({ moras: all, pause_mora }) => [...all, ...(pause_mora ? [pause_mora] : [])]);
  const seconds = moras.reduce((sum, mora) => sum + (mora.consonant_length ?? 0) + mora.vowel_length, 0);
  const ms = ((prePhonemeLength + seconds + postPhonemeLength) / speedScale) * 1000;
  const bytes = tone({ ms, sampleRate: SAMPLE_RATE, leadMs: 80 });
  return writeWav({
    sampleRate: SAMPLE_RATE,
    samples: new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2),
  });
}
