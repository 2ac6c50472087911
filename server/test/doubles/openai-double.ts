import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import {
  Control,
  ChatRequest,
  type Misbehaviour,
  type OpenAiDoubleOptions,
  splitTokens,
} from './openai-double-script.ts';

/** A request as it came, right or wrong. */
export type Recorded = { at: number; authorization?: string; body: unknown; fault?: string };
/** A stream that is over: how many tokens went out, and whether the client went away before its end. */
export type Streamed = { model: string; sent: number; left: boolean; startedAt: number; endedAt: number };

export type OpenAiDouble = Awaited<ReturnType<typeof startOpenAiDouble>>;

const FLUSH_MS = 15;

/**
 * An OpenAI-compatible server of our own: checks what it is sent, gives scripted answers at a chosen pace, misbehaves
 * on command. `POST /control` takes what `Control` says; `GET /control` tells its counts.
 */
export async function startOpenAiDouble(options: OpenAiDoubleOptions = {}) {
  const requests: Recorded[] = [];
  const streams: Streamed[] = [];
  const given = new Map<string, string>();
  const script = {
    answers: options.answers ?? ['Hello there. Nice to see you!'],
    tokenMs: options.tokenMs ?? 0,
    misbehave: [] as Misbehaviour[],
  };
  let open = 0;

  /** One prompt has one answer, however often it is asked, so that a retry and a continued reply get the same. */
  function answerTo(messages: ChatRequest['messages']): string {
    if (typeof script.answers === 'function') return script.answers(messages);
    const key = JSON.stringify(messages);
    const answer = given.get(key) ?? script.answers[Math.min(given.size, script.answers.length - 1)] ?? '';
    given.set(key, answer);
    return answer;
  }

  function nextMisbehaviour(model: string): Misbehaviour | undefined {
    const at = script.misbehave.findIndex((one) => one.model === undefined || one.model === model);
    const found = script.misbehave[at];
    if (!found) return undefined;
    if (found.times > 1) script.misbehave[at] = { ...found, times: found.times - 1 };
    else script.misbehave.splice(at, 1);
    return found;
  }

  async function complete(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(request);
    const recorded: Recorded = { at: Date.now(), body, authorization: request.headers.authorization };
    requests.push(recorded);
    const refuse = (status: number, message: string, code: string) => {
      recorded.fault = message;
      sendError(response, status, message, code);
    };
    if (options.apiKey && recorded.authorization !== `Bearer ${options.apiKey}`)
      return refuse(401, 'Incorrect API key provided.', 'invalid_api_key');
    const parsed = ChatRequest.safeParse(body);
    if (!parsed.success) return refuse(400, z.prettifyError(parsed.error), 'invalid_request_error');
    const chat = parsed.data;
    if (options.models && !options.models.includes(chat.model))
      return refuse(404, `The model \`${chat.model}\` does not exist`, 'model_not_found');

    const messages = [...chat.messages];
    const prefix = messages.at(-1)?.role === 'assistant' ? (messages.pop()?.content ?? '') : '';
    const switched = chat.continue_final_message === true && chat.add_generation_prompt === false;
    if (prefix && options.continuation !== (switched ? 'vllm' : 'assistant'))
      return refuse(400, 'The last message must be from the user', 'invalid_request_error');
    const whole = answerTo(messages);
    if (!whole.startsWith(prefix)) return refuse(400, `The answer does not go on from "${prefix}"`, 'bad_prefix');

    const bad = nextMisbehaviour(chat.model);
    if (bad?.kind === 'status') {
      if (bad.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(bad.retryAfterSeconds));
      return sendError(response, bad.status, `scripted ${bad.status}`, 'scripted');
    }
    if (bad?.kind === 'silent') return; // headers never come; the client has to go
    await stream(response, chat, whole.slice(prefix.length), bad);
  }

  async function stream(response: ServerResponse, chat: ChatRequest, rest: string, bad?: Misbehaviour): Promise<void> {
    const { model } = chat;
    const streamed: Streamed = { model, sent: 0, left: false, startedAt: Date.now(), endedAt: 0 };
    let gone = false;
    open += 1;
    response.once('close', () => {
      gone = true;
      open -= 1;
      streams.push({ ...streamed, left: !response.writableEnded && bad?.kind !== 'cut', endedAt: Date.now() });
    });
    const send = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`);
    const base = {
      id: 'chatcmpl-double',
      object: 'chat.completion.chunk',
      created: Math.floor(Date.now() / 1000),
      model,
    };
    const chunk = (delta: object, finish_reason: string | null) =>
      send({ ...base, choices: [{ index: 0, delta, finish_reason }] });

    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    chunk({ role: 'assistant', content: '' }, null);
    const limit = chat.max_tokens ?? chat.max_completion_tokens ?? Infinity;
    const tokens = splitTokens(rest);
    for (const token of tokens.slice(0, limit)) {
      if (bad && 'afterTokens' in bad && streamed.sent === bad.afterTokens) return await fail(bad);
      if (script.tokenMs > 0) await pause(script.tokenMs);
      if (gone) return;
      chunk({ content: token }, null);
      streamed.sent += 1;
    }
    if (bad && 'afterTokens' in bad) return await fail(bad);
    chunk({}, tokens.length > limit ? 'length' : 'stop');
    if (bad?.kind !== 'no-usage' && chat.stream_options?.include_usage) {
      const prompt_tokens = splitTokens(chat.messages.map(({ content }) => content).join(' ')).length;
      const usage = { prompt_tokens, completion_tokens: streamed.sent, total_tokens: prompt_tokens + streamed.sent };
      send({ ...base, choices: [], usage });
    }
    response.end('data: [DONE]\n\n');

    async function fail({ kind }: Misbehaviour): Promise<void> {
      if (kind === 'hang') return;
      if (kind === 'malformed') response.end('data: {"choices": [{"delta"\n\n');
      else if (kind === 'error-event') response.end('data: {"error":{"message":"scripted","type":"server_error"}}\n\n');
      else if (kind === 'no-end') response.end();
      else {
        await pause(FLUSH_MS); // what was written must be on its way
        response.destroy();
      }
    }
  }

  async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST') {
      const parsed = Control.safeParse(await readJson(request));
      if (!parsed.success) return sendError(response, 400, z.prettifyError(parsed.error), 'bad_control');
      const { answers, tokenMs, misbehave } = parsed.data;
      if (answers) script.answers = answers;
      if (answers) given.clear();
      if (tokenMs !== undefined) script.tokenMs = tokenMs;
      if (misbehave) script.misbehave = misbehave;
    }
    const faults = requests.filter(({ fault }) => fault !== undefined);
    sendJson(response, 200, { requests: requests.length, faults, openStreams: open, streams });
  }

  const server = createServer((request, response) => {
    const path = `${request.method} ${request.url}`;
    const served = path.endsWith(' /control')
      ? control(request, response)
      : path === 'POST /v1/chat/completions'
        ? complete(request, response)
        : Promise.resolve(sendError(response, 404, `Unknown path ${path}`, 'not_found'));
    served.catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    /** For `LLM_BASE_URL`. */
    url: `${origin}/v1`,
    controlUrl: `${origin}/control`,
    requests,
    streams,
    openStreams: () => open,
    /** From now on; a number of requests, one unless `times` says more. */
    misbehave: (...list: z.input<typeof Misbehaviours>) => void (script.misbehave = Misbehaviours.parse(list)),
    setAnswers(answers: NonNullable<OpenAiDoubleOptions['answers']>): void {
      script.answers = answers;
      given.clear();
    },
    setTokenMs: (ms: number) => void (script.tokenMs = ms),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const Misbehaviours = Control.shape.misbehave.unwrap();

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, message: string, code: string): void {
  sendJson(response, status, { error: { message, type: code, param: null, code } });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

if (process.argv.includes('--openai-double')) {
  const double = await startOpenAiDouble({ port: Number(process.env.PORT ?? 0), continuation: 'assistant' });
  process.once('disconnect', () => process.exit(0));
  console.log(JSON.stringify({ url: double.url, controlUrl: double.controlUrl }));
}
