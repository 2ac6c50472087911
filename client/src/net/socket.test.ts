import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LiveServer, ok, refuse, startLiveServer, until } from '../../test/live-server.ts';
import { createPlatformClock } from './clock.ts';
import { RequestError } from './request-error.ts';
import { type Connection, type ConnectionOptions, createConnection } from './socket.ts';

const conversationId = '01900000-0000-7000-8000-000000000001';
let server: LiveServer;
let connection: Connection | undefined;

function connect(options: Partial<ConnectionOptions> = {}): Connection {
  connection = createConnection({
    serverUrl: server.url,
    handshake: async () => ({ token: 'a-token' }),
    renew: async () => true,
    ...options,
  });
  connection.connect();
  return connection;
}

beforeEach(async () => {
  server = await startLiveServer();
});
afterEach(async () => {
  connection?.close();
  await server.close();
});

test('a request is answered, and the answer has its type', async () => {
  server.state.answer = () => ok({ now: 42, more: 'is left out' });
  expect(await connect().request('clock:read', {})).toEqual({ now: 42 });
});

test('a refusal keeps its code and patience', async () => {
  server.state.answer = () => refuse({ code: 'rate-limited', message: 'Slow down.', retryAfterMs: 900 });
  const error = await connect()
    .request('conversation:leave', { conversationId })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RequestError);
  expect(error).toMatchObject({ code: 'rate-limited', message: 'Slow down.', retryAfterMs: 900 });
  expect(server.count('conversation:leave')).toBe(1);
});

test('what is unavailable is asked again after the time that it names, with the same input', async () => {
  server.state.answer = () =>
    server.count('message:send') < 3
      ? refuse({ code: 'unavailable', message: 'Wait.', retryAfterMs: 20 })
      : ok({ messageId: conversationId, place: 0 });
  const input = { conversationId, clientKey: 'key-0000001', text: 'Hello' };
  expect(await connect().request('message:send', input)).toMatchObject({ place: 0 });
  expect(server.asked.map((request) => request.input)).toEqual([input, input, input]);
});

test('a request whose server dies is asked again over the next connection', async () => {
  server.state.answer = (name) => {
    if (server.count(name) > 1) return ok({ now: 7 });
    setTimeout(server.cut, 10);
    return 'silence';
  };
  expect(await connect().request('clock:read', {})).toEqual({ now: 7 });
  expect(server.count('clock:read')).toBe(2);
});

test('without a server a request ends at its deadline', async () => {
  const url = server.url;
  await server.close();
  connect({ serverUrl: url });
  const startedAt = performance.now();
  await expect(connection?.request('clock:read', {}, { deadlineMs: 300 })).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(performance.now() - startedAt).toBeLessThan(1_500);
  server = await startLiveServer();
});

test('an input that breaks the contract is not sent', async () => {
  const input = { conversationId, clientKey: 'key-0000001', text: '   ' };
  await expect(connect().request('message:send', input)).rejects.toMatchObject({ code: 'bad-request' });
  expect(server.asked).toEqual([]);
});

test('an answer that breaks the contract is an error, not a value', async () => {
  server.state.answer = () => ok({ now: 'soon' });
  await expect(connect().request('clock:read', {})).rejects.toMatchObject({ code: 'internal' });
});

test('a broadcast that cannot be read is told apart', async () => {
  const read: unknown[] = [];
  const unread: unknown[] = [];
  const opened = connect();
  opened.on('presence', (presence) => read.push(presence));
  opened.onUnreadable((name, payload) => unread.push([name, payload]));
  await until(() => opened.status.getState().status === 'connected', 'the connection');
  server.live.emit('presence', { conversationId, count: -1 });
  server.live.emit('presence', { conversationId, count: 3 });
  await until(() => read.length > 0, 'the good one');
  expect(read).toEqual([{ conversationId, count: 3 }]);
  expect(unread).toEqual([['presence', { conversationId, count: -1 }]]);
});

test('a refused token is renewed and the connection comes back with the new one', async () => {
  let token = 'old';
  server.state.admit = (auth) => (auth.token === 'new' ? undefined : { code: 'unauthorized', message: 'Too old.' });
  const opened = connect({
    handshake: async () => ({ token }),
    renew: async () => {
      token = 'new';
      return true;
    },
  });
  await until(() => opened.status.getState().status === 'connected', 'the second try');
});

test('each connection tells anew what we have', async () => {
  let after = 5;
  const told: unknown[] = [];
  server.state.onConnect = (socket) => told.push(socket.handshake.auth.joined);
  const joined = () => [{ conversationId: conversationId as never, epoch: 'an-epoch', after }];
  const opened = connect({ handshake: async () => ({ token: 't', joined: joined() }) });
  await until(() => told.length === 1, 'the first connection');
  after = 9;
  server.cut();
  await until(() => told.length === 2, 'the second connection');
  await until(() => opened.status.getState().status === 'connected', 'the status');
  expect(told).toMatchObject([[{ after: 5 }], [{ after: 9 }]]);
});

test('where WebSockets do not pass, polling does', async () => {
  await server.close();
  server = await startLiveServer({ transports: ['polling'] });
  server.state.answer = () => ok({ now: 1 });
  expect(await connect().request('clock:read', {})).toEqual({ now: 1 });
});

test("the platform's clock is read on connecting", async () => {
  server.state.answer = () => ok({ now: Math.round(performance.now()) + 1_000 });
  const clock = createPlatformClock({ connection: connect(), local: () => performance.now(), wall: () => 0 });
  await until(() => Math.abs(clock.now() - performance.now() - 1_000) < 50, 'the offset');
  clock.close();
});
