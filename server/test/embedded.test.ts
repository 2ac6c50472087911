import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoConversationId } from '../src/characters/seed.ts';
import { Browser, publicUrl } from './accounts-app.ts';
import { type OpenAiDouble, startOpenAiDouble } from './doubles/openai-double.ts';
import { Fan, waitFor } from './fan.ts';
import { ServerProcess } from './server-process.ts';

const STORY = 'Once a fox met a crow in a wood, and the two of them sang until it was day.';

let engine: OpenAiDouble;
let dataDir: string;
let env: Record<string, string>;
let server: ServerProcess;
let annsBrowser: Browser;
let ann: Fan;
let bo: Fan;
/** What was promised to be kept. */
const acknowledged: string[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fantwin-embedded-'));
  engine = await startOpenAiDouble({
    answers: (messages) =>
      messages.findLast(({ role }) => role === 'user')?.content.endsWith('a story') ? STORY : 'Yes.',
    continuation: 'assistant',
  });
  env = {
    PORT: '0',
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    LLM_BASE_URL: engine.url,
    LLM_MODEL: 'double',
    LLM_CONTINUATION: 'assistant',
  };
  server = await ServerProcess.start(env);
  annsBrowser = new Browser(server.url);
  const { status, body } = await annsBrowser.post('/api/auth/guest', { displayName: 'Ann' });
  expect(status).toBe(200);
  ann = new Fan(server.url, body.accessToken);
  ann.userId = body.user.id;
  await ann.connected();
  bo = await Fan.enter(server.url, 'Bo');
}, 60_000);
afterAll(async () => {
  ann?.close();
  bo?.close();
  server?.kill();
  await server?.exited;
  await engine?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function say(fan: Fan, text: string): Promise<string> {
  const { messageId } = await fan.say(text);
  acknowledged.push(messageId);
  return messageId;
}

const answerTo = async (id: string): Promise<string> => {
  const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === id);
  return (await ann.until('reply.ended', (ended) => ended.replyId === replyId)).text;
};

async function startAgain(): Promise<void> {
  server = await ServerProcess.start(env);
  annsBrowser = Object.assign(new Browser(server.url), { cookie: annsBrowser.cookie, token: annsBrowser.token });
  for (const fan of [ann, bo]) fan.moveTo(server.url);
}

/** The demo people's, as the server prints them. */
const signIns = () =>
  waitFor(() => {
    const found = server.output.match(/\S+@\S+ +\S+(?=\n)/g) ?? [];
    return found.length === 5 && found;
  }, 'five sign-ins are printed');

type Page = { items: { messageId: string; text: string; replyTo?: string }[] };
const page = async (): Promise<Page['items']> => {
  const { body } = await annsBrowser.get(`/api/conversations/${demoConversationId}/messages`);
  return (body as Page).items;
};

test('a story on the stores inside', async () => {
  for (const fan of [ann, bo]) expect((await fan.join(demoConversationId)).conversation.canReply).toBe(true);
  expect(await answerTo(await say(ann, 'Hello?'))).toBe('Yes.');
  await waitFor(() => bo.of('reply.ended').length === 1, 'Bo sees it too');
  expect(bo.textOf(bo.of('reply.ended')[0]?.replyId ?? '')).toBe('Yes.');
  expect([...ann.faults, ...bo.faults]).toEqual([]);
});

test('a second server on the same folder is refused in plain words, and the first goes on', async () => {
  const second = await ServerProcess.start(env).then(
    () => 'it started',
    (error: Error) => error.message,
  );
  expect(second).toMatch(new RegExp(`Another server \\(process ${server.pid}\\) uses .*set DATA_DIR`));
  expect(second).not.toMatch(/^\s+at /m);
  expect(await answerTo(await say(ann, 'Are you still there?'))).toBe('Yes.');
});

test('killed in the middle of an answer: all that was acknowledged is there, the answer goes on, everybody is signed in', async () => {
  engine.setTokenMs(150);
  const asked = await say(ann, 'Tell me a story');
  const { replyId } = await ann.until('reply.started', ({ replyTo }) => replyTo === asked);
  await ann.until('reply.delta', (delta) => delta.replyId === replyId && delta.index > 20);
  const waits = await say(bo, 'I wait');
  server.kill();
  await server.exited;
  expect(ann.textOf(replyId)).not.toBe(STORY);

  await startAgain();
  const me = await annsBrowser.get('/api/me');
  expect([me.status, me.body.id]).toEqual([200, ann.userId]);
  const { status, body } = await annsBrowser.post('/api/auth/refresh');
  expect([status, body.user?.id]).toEqual([200, ann.userId]);
  await waitFor(() => ann.joins.at(-1)?.epoch !== ann.joins[0]?.epoch, 'Ann is back by her old token');

  const answers = await waitFor(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 200)); // every look is a request
      const found = (await page()).filter(({ replyTo }) => replyTo === asked || replyTo === waits);
      return found.length === 2 && found;
    },
    'both are answered',
    30_000,
  );
  expect(answers.find(({ replyTo }) => replyTo === asked)).toMatchObject({ messageId: replyId, text: STORY });
  const kept = (await page()).map(({ messageId }) => messageId);
  expect(kept).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
  await waitFor(
    () => ann.textOf(replyId) === STORY || ann.joins.at(-1)?.messages.some((m) => m.text === STORY),
    'Ann read it',
  );
  const prefixes = engine.requests.map(({ body: sent }) =>
    (sent as { messages: { role: string; content: string }[] }).messages.at(-1),
  );
  const prefix = prefixes.find((last) => last?.role === 'assistant')?.content ?? '';
  expect(prefix).toMatch(/^Once a /);
  expect(STORY.startsWith(prefix) && prefix !== STORY).toBe(true);
  expect([...ann.faults, ...bo.faults]).toEqual([]);
}, 60_000);

test('stopped and started: nothing is missing, nobody is counted twice, the demo people keep their passwords', async () => {
  const before = await page();
  const saidAtStart = await signIns();
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);

  await startAgain();
  expect(await signIns()).toEqual(saidAtStart);
  expect(await page()).toEqual(before);
  expect((await annsBrowser.get('/api/me')).body.id).toBe(ann.userId);
  await waitFor(() => bo.socket.connected && ann.socket.connected, 'both are back');
  await waitFor(() => ann.presence === 2, 'two people', 12_000);
  expect(await answerTo(await say(bo, 'Hello again'))).toBe('Yes.');
  expect([...ann.faults, ...bo.faults]).toEqual([]);
}, 60_000);
