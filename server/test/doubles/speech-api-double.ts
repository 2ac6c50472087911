import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { tone } from './tone.ts';

const SAMPLE_RATE = 24_000;
const SpeechRequest = z.strictObject({
  model: z.string(),
  voice: z.enum(['alloy', 'nova', 'shimmer', 'sage']),
  input: z.string().min(1).max(4_096),
  response_format: z.literal('pcm'),
});

export type SpeechMisbehaviour = 'status-500' | 'silent' | 'hang-in-the-middle' | 'cut' | 'json' | 'endless' | 'empty';
export type SpeechApiDouble = Awaited<ReturnType<typeof startSpeechApiDouble>>;

/** OpenAI's `/audio/speech` of our own: checks what it is sent, answers with a tone as long as the text, misbehaves. */
export async function startSpeechApiDouble({ apiKey = 'key', msPerChar = 60 } = {}) {
  const requests: { input?: string; voice?: string; fault?: string }[] = [];
  const misbehave: SpeechMisbehaviour[] = [];

  async function speak(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number, message: string) => {
      requests.push({ fault: message });
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }));
    };
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    if (request.headers.authorization !== `Bearer ${apiKey}`) return refuse(401, 'Incorrect API key provided.');
    const parsed = SpeechRequest.safeParse(JSON.parse(body));
    if (!parsed.success) return refuse(400, z.prettifyError(parsed.error));
    const { input, voice } = parsed.data;
    requests.push({ input, voice });

    const bad = misbehave.shift();
    if (bad === 'status-500') return void response.writeHead(500).end('{}');
    if (bad === 'silent') return;
    if (bad === 'json') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    response.writeHead(200, { 'content-type': 'audio/pcm' });
    if (bad === 'empty') return void response.end();
    const sound = tone({ ms: Math.max(input.length * msPerChar, 200), sampleRate: SAMPLE_RATE });
    if (bad === 'endless') {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(256 * 1024, 1)));
      };
      response.on('drain', more);
      return more();
    }
    if (!bad) return void response.end(sound);
    response.write(sound.subarray(0, 2_000));
    if (bad === 'cut') setTimeout(() => response.destroy(), 20);
  }

  const server = createServer((request, response) => {
    if (`${request.method} ${request.url}` === 'POST /v1/audio/speech')
      void speak(request, response).catch(() => response.destroy());
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

  return {
    url,
    /** Settings for a server that speaks with it. */
    env: { SPEECH: 'openai', SPEECH_BASE_URL: url, OPENAI_API_KEY: apiKey, SPEECH_VOICE: 'nova' },
    requests,
    /** The next requests, one each. */
    misbehave: (...list: SpeechMisbehaviour[]) => void misbehave.push(...list),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
