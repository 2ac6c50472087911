import { WireError } from '@fantwin/shared/errors';
import { messagesPerUser, TEXT_MAX_CHARS } from '@fantwin/shared/limits';
import { type RequestName, requests } from '@fantwin/shared/live';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fan, RequestError, waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(['Yes.']);
});
afterAll(() => app?.close());

const id = crypto.randomUUID();
/** One right input per request, to be spoiled field by field. */
const right: Record<RequestName, Record<string, unknown>> = {
  'conversation:join': { conversationId: id, after: 3, epoch: 'epoch-12345' },
  'conversation:leave': { conversationId: id },
  'conversation:events': { conversationId: id, epoch: 'epoch-12345', after: 3, limit: 10 },
  'message:send': { conversationId: id, clientKey: 'key-12345', text: 'Hello' },
  'reply:stop': { replyId: id },
  'clock:read': {},
};
const wrongValues: Record<string, unknown[]> = {
  conversationId: [undefined, null, 7, '', 'nobody', [id], { id }],
  replyId: [undefined, null, 7, 'nobody', [id]],
  after: [null, '3', -1, 1.5, Number.NaN, [3]],
  epoch: [null, 7, 'short', 'x'.repeat(65)],
  limit: [null, 0, 501, 2.5, '10'],
  clientKey: [undefined, null, 7, 'short', 'x'.repeat(65), 'no spaces in it', "'; drop table messages"],
  text: [undefined, null, 7, ['Hello'], { toString: 'x' }],
};

async function refusalOf(fan: Fan, name: string, input: unknown): Promise<WireError> {
  try {
    await fan.request(name as RequestName, input as never);
  } catch (error) {
    if (error instanceof RequestError) return WireError.parse(error.wire);
    throw error;
  }
  throw new Error(`${name} took ${JSON.stringify(input)}`);
}

const stillWorks = async (fan: Fan) => expect((await fan.request('clock:read', {})).now).toBeGreaterThan(0);

test.each(Object.keys(requests) as RequestName[])(
  '%s with wrong input is refused by the name of the field',
  async (name) => {
    const fan = await app.fan('Ann');
    for (const input of [undefined, null, 7, 'x', []]) {
      expect(await refusalOf(fan, name, input), String(input)).toMatchObject({ code: 'bad-request' });
    }
    for (const field of Object.keys(right[name])) {
      for (const value of wrongValues[field] ?? []) {
        const refused = await refusalOf(fan, name, { ...right[name], [field]: value });
        expect([name, field, value, refused.code]).toEqual([name, field, value, 'bad-request']);
        expect(refused.message).toMatch(new RegExp(`^${field}: \\w`));
        expect(refused.details).toEqual({ faults: [{ field, message: expect.any(String) }] });
      }
    }
    await stillWorks(fan);
  },
);

test('what there is no request for is refused; nothing of an object is reached by its name', async () => {
  const fan = await app.fan('Ann');
  for (const name of ['message:shout', 'constructor', '__proto__', 'toString', '', 'x'.repeat(10_000)])
    expect(await refusalOf(fan, name, {}), name).toMatchObject({ code: 'bad-request' });
  const hostile = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}');
  expect(await refusalOf(fan, 'message:send', hostile)).toMatchObject({ code: 'bad-request' });
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  await stillWorks(fan);
});

test('packets that no client sends end their connection at most', async () => {
  const bo = await app.fan('Bo');
  await bo.join(app.live);
  const deep = `${'['.repeat(15_000)}${']'.repeat(15_000)}`;
  const packets = [
    `42/live,7["message:send",${deep}]`,
    `42/live,8["message:send",{"text":${deep}}]`,
    '42/live,9[]',
    '42/live,["message:send"',
    '42/live,10["connect"]',
    '42/live,11["disconnecting",{}]',
    '43/live,1[]',
    '44/live,{"message":"no"}',
    '40/live,{"token":{}}',
    '40/nowhere,',
    '451-/live,12["message:send",{"_placeholder":true,"num":7}]',
    '49/live,',
    '4',
    '9',
    'nonsense',
  ];
  for (const packet of packets) {
    const hostile = await app.fan('Hostile');
    const engine = hostile.socket.io.engine as unknown as { transport: { ws: { send: (text: string) => void } } };
    engine.transport.ws.send(packet);
    await waitFor(
      () =>
        !hostile.socket.connected ||
        hostile.request('clock:read', {}).then(
          () => true,
          () => false,
        ),
      `an end or an answer after ${packet.slice(0, 40)}`,
    );
    hostile.close();
  }
  await stillWorks(bo);
  expect(bo.faults).toEqual([]);
});

test('without an acknowledgement nothing is done, and nothing breaks', async () => {
  const fan = await app.fan('Ann');
  await fan.join(app.live);
  const message = { conversationId: app.live, clientKey: crypto.randomUUID(), text: 'Into the void' };
  fan.socket.emit('message:send', message);
  fan.socket.emit('message:send');
  fan.socket.emit('message:send', message, 'not a function', 7);
  fan.socket.emit('message:shout', { a: 1 });
  await stillWorks(fan);
  const { messageId } = await fan.say('This one counts');
  const rows = await app.stores.db.selectFrom('messages').select('id').where('author_id', '=', fan.userId).execute();
  expect(rows).toEqual([{ id: messageId }]);
});

test(`a text of ${TEXT_MAX_CHARS} characters is taken, a longer or an empty one is refused in words`, async () => {
  const fan = await app.fan('Ann');
  await fan.join(app.live);
  const words = Array.from({ length: 100 }, (_, n) => `I have ${n} cats`).join(', ');
  const longest = `${words.slice(0, TEXT_MAX_CHARS - 1)}!`;
  await fan.say(`  ${longest}\r\n`); // what is around it does not count
  const { message } = await fan.until('message.posted', (event) => event.message.author.id === fan.userId);
  expect(message.text).toBe(longest);
  const refuse = (text: string) => refusalOf(fan, 'message:send', { ...right['message:send'], text });
  expect((await refuse(`${longest}!`)).message).toBe('text: use at most 500 characters');
  expect((await refuse('x'.repeat(20_000))).message).toBe('text: use at most 500 characters');
  for (const empty of ['', '   ', '\n\t\r\n', '\u3000'])
    expect((await refuse(empty)).message).toBe('text: write something');
});

test('a payload of 100 KB costs its sender the connection, nobody else anything, and they come back', async () => {
  const [big, bo] = [await app.fan('Big'), await app.fan('Bo')];
  await big.join(app.live);
  await bo.join(app.live);
  const gone = new Promise<string>((resolve) => big.socket.once('disconnect', resolve));
  big.socket.emit('message:send', { ...right['message:send'], text: 'x'.repeat(100_000) }, () => undefined);
  expect(await gone).toMatch(/^transport/);
  const { messageId } = await bo.say('Still here?');
  await big.until('message.posted', ({ message }) => message.messageId === messageId);
  await stillWorks(big);
  expect([...big.faults, ...bo.faults]).toEqual([]);
});

test('a flood is refused with the time to wait, and costs nobody else anything', async () => {
  const [flood, bo] = [await app.fan('Flood'), await app.fan('Bo')];
  const answers = await Promise.all(
    Array.from({ length: 150 }, () => flood.request('clock:read', {}).catch((error: RequestError) => error.wire)),
  );
  const refused = answers.filter((answer) => 'code' in answer);
  expect(refused.length).toBeGreaterThan(50);
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(60);
  for (const wire of refused) expect(wire).toMatchObject({ code: 'rate-limited', retryAfterMs: expect.any(Number) });
  await stillWorks(bo);
  await waitFor(
    () =>
      flood.request('clock:read', {}).then(
        () => true,
        () => false,
      ),
    'it may go on',
    3_000,
  );
});

test(`${messagesPerUser.points} messages a minute, counted over all servers, then the time to wait`, async () => {
  const { points, perMs } = messagesPerUser;
  const other = await app.another();
  const ann = await app.fan('Ann');
  await ann.join(app.live);
  const elsewhere = new Fan(other.url, ann.token);
  await elsewhere.connected();
  elsewhere.conversationId = app.live;
  const answers: unknown[] = [];
  for (let n = 0; n < points; n += 1) answers.push(await (n % 2 ? ann : elsewhere).say(`message ${n}`));
  expect(answers).toHaveLength(points);
  for (const fan of [ann, elsewhere]) {
    const refused = await refusalOf(fan, 'message:send', {
      conversationId: app.live,
      clientKey: crypto.randomUUID(),
      text: 'One more',
    });
    expect(refused.code).toBe('rate-limited');
    expect(refused.message).toMatch(/^That was too often\. Try again in \d+ seconds?\.$/);
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(perMs);
  }
  const bo = await app.fan('Bo');
  await bo.join(app.live);
  await bo.say('I may');
  elsewhere.close();
});
