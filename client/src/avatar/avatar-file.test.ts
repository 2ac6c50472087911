import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { expectAvatar, fetchAvatar } from './avatar-file.ts';

const bytes = new Uint8Array([1, 2, 3, 4]);
let asked: { url: string; signal: AbortSignal }[];
let answer: () => Response;
const signal = () => new AbortController().signal;
const whole = () => new Response(bytes, { headers: { 'content-length': '4' } });

beforeEach(() => {
  vi.useFakeTimers();
  [asked, answer] = [[], whole];
  vi.stubGlobal('fetch', async (url: string, init: { signal: AbortSignal }) => {
    asked.push({ url, signal: init.signal });
    return answer();
  });
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('an avatar that is expected', () => {
  test('is fetched once, however often it is announced, and handed to the stage that wants it', async () => {
    expectAvatar('/a.vrm');
    expectAvatar('/a.vrm');
    expect(new Uint8Array(await fetchAvatar('/a.vrm', { signal: signal() }))).toEqual(bytes);
    expect(asked.map(({ url }) => url)).toEqual(['/a.vrm']);
    await fetchAvatar('/a.vrm', { signal: signal() });
    expect(asked, 'the next one is fetched anew').toHaveLength(2);
  });

  test('that failed is tried again by the stage, and one that nobody wants is forgotten', async () => {
    answer = () => new Response('', { status: 503 });
    expectAvatar('/b.vrm');
    await vi.advanceTimersByTimeAsync(1);
    answer = whole;
    await expect(fetchAvatar('/b.vrm', { signal: signal() })).resolves.toHaveProperty('byteLength', 4);
    expectAvatar('/c.vrm');
    await vi.advanceTimersByTimeAsync(60_000);
    await fetchAvatar('/c.vrm', { signal: signal() });
    expect(asked.filter(({ url }) => url === '/c.vrm')).toHaveLength(2);
  });

  test('only a few wait at the same time', () => {
    for (let n = 0; n < 10; n += 1) expectAvatar(`/many/${n}.vrm`);
    expect(asked.length).toBeLessThanOrEqual(3);
  });
});

describe('a file for the stage', () => {
  test('tells how much has come', async () => {
    const parts: number[] = [];
    await fetchAvatar('/a.vrm', { signal: signal(), onProgress: (part) => parts.push(part) });
    expect(parts.at(-1)).toBe(1);
  });

  test('says why it does not come: refused, silent, too large, no longer wanted', async () => {
    answer = () => new Response('', { status: 404 });
    await expect(fetchAvatar('/a.vrm', { signal: signal() })).rejects.toThrow('(404)');

    answer = () =>
      new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(8 * 1024 * 1024)) }));
    await expect(fetchAvatar('/a.vrm', { signal: signal() })).rejects.toThrow('too large');

    const wait = (_: string, init: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) =>
        init.signal.addEventListener('abort', () => reject(init.signal.reason as Error)),
      );
    vi.stubGlobal('fetch', wait);
    const silent = expect(fetchAvatar('/a.vrm', { signal: signal() })).rejects.toThrow('does not arrive');
    await vi.advanceTimersByTimeAsync(20_000);
    await silent;

    const leaving = new AbortController();
    const left = expect(fetchAvatar('/a.vrm', { signal: leaving.signal })).rejects.toThrow('not wanted');
    leaving.abort(new Error('not wanted'));
    await left;
    await expect(fetchAvatar('/a.vrm', { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});
