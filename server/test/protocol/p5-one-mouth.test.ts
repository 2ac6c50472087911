import { WAITING_MAX } from '@fantwin/shared/limits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../fan.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(['A short answer.']);
});
afterAll(() => app?.close());

describe('[P5] one mouth', () => {
  test('waiting messages are answered in order, each after the one before is spoken', async () => {
    app.speech.msPerChar = 40;
    app.engine.tokenMs = 100;
    await app.another();
    const fans = await Promise.all(['Ann', 'Bo', 'Cy'].map((name) => app.fan(name)));
    for (const fan of fans) await fan.join(app.live);
    const sent: { messageId: string; place?: number }[] = [];
    for (const fan of fans) sent.push(await fan.say(`I am ${fan.displayName}`));
    expect(sent.map(({ place }) => place)).toEqual([0, 1, 2]);
    const [ann, , cy] = fans;
    if (!ann || !cy) throw new Error('no fans');
    await waitFor(() => ann.of('reply.ended').length === 3, 'three replies', 30_000);
    const started = ann.of('reply.started');
    const ended = ann.of('reply.ended');
    expect(started.map(({ replyTo }) => replyTo)).toEqual(sent.map(({ messageId }) => messageId));
    for (const [n, end] of ended.slice(0, -1).entries()) {
      expect(started[n + 1]?.seq).toBeGreaterThan(end.seq);
      expect(started[n + 1]?.at).toBeGreaterThanOrEqual(end.speaksUntil ?? 0);
    }
    expect(cy.notices.filter(({ kind }) => kind === 'place').map(({ place }) => place)).toContain(1);
  }, 60_000);

  test('the line has an end, and says when to try again', async () => {
    app.engine.tokenMs = 500;
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const fans = await Promise.all(Array.from({ length: 3 }, (_, n) => app.fan(`Fan ${n}`)));
    for (const fan of fans) await fan.join(app.live);
    const refused: unknown[] = [];
    for (let n = 0; n < WAITING_MAX.live + 3; n += 1)
      await fans[n % 3]?.say(`message ${n}`).catch((error: { wire: unknown }) => refused.push(error.wire));
    expect(refused[0]).toMatchObject({ code: 'busy', retryAfterMs: expect.any(Number) });
    expect(refused.length).toBeLessThanOrEqual(4);
  });
});
