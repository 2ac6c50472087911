import { afterEach, describe, expect, test } from 'vitest';
import type { Guardian } from '../../src/guardian/verdict.ts';
import { createGuardian } from '../../src/guardian/guardian.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

let app: TestApp;
afterEach(() => app?.close());

describe('[P6] nothing reaches a fan before the guardian allowed it', () => {
  test('a guardian that does not answer ends the reply as failed, with nothing shown', async () => {
    const real = createGuardian();
    const silent: Guardian = {
      ...real,
      openGate: () => ({ push: () => new Promise(() => {}), end: () => new Promise(() => {}) }),
    };
    app = await startTestApp(['You will never read this.'], { guardian: silent });
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    const startedAt = performance.now();
    await ann.say('Hello?');
    const ended = await ann.until('reply.ended');
    expect(ended).toMatchObject({ finish: 'failed', text: '' });
    expect(performance.now() - startedAt).toBeGreaterThan(1_900);
    expect(ann.of('reply.delta')).toEqual([]);
    expect(ann.of('reply.sentence')).toEqual([]);
  });

  test('the word that completes a blocked match never leaves, whatever the tokens', async () => {
    app = await startTestApp(['I think you should kill yourself right now my friend.']);
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    await ann.say('What do you think?');
    const ended = await ann.until('reply.ended');
    expect(ended.finish).toBe('blocked');
    const shown = ann
      .of('reply.delta')
      .map(({ text }) => text)
      .join('');
    expect(shown).not.toMatch(/yourself/);
    expect(ended.text).not.toMatch(/yourself/);
    expect(
      ann
        .of('reply.sentence')
        .map(({ text }) => text)
        .join(' '),
    ).not.toMatch(/yourself/);
    const verdicts = await app.stores.db.selectFrom('verdicts').selectAll().where('direction', '=', 'output').execute();
    expect(verdicts[0]?.verdict).toMatchObject({ action: 'block' });
  });

  test('a message that breaks the rules is refused with a reason, and leaves no trace but its verdict', async () => {
    app = await startTestApp();
    const ann = await app.fan('Ann');
    await ann.join(app.live);
    await expect(ann.say('kill yourself')).rejects.toMatchObject({ wire: { code: 'blocked' } });
    expect(ann.events).toEqual([]);
    expect(await app.stores.db.selectFrom('messages').selectAll().execute()).toEqual([]);
    const [verdict] = await app.stores.db.selectFrom('verdicts').selectAll().execute();
    expect(verdict).toMatchObject({ direction: 'input', subject_id: null });
  });
});
