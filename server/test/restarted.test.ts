import { afterEach, expect, test } from 'vitest';
import { EngineError } from '../src/llm/engine.ts';
import { startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
afterEach(() => app?.close());

test('a sentence that waits for its sound when the reply starts over comes before the restart, not after', async () => {
  app = await startTestApp(['One is here. Two is here. Three is here. Four is here, and this is the end.']);
  app.engine.continues = false;
  app.engine.failOnce = { afterTokens: 10, error: new EngineError('cut', 'in the middle') };
  const { speak } = app.speech;
  app.speech.speak = async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return speak(...args);
  };
  const ann = await app.fan('Ann');
  await ann.join(app.live);
  await ann.say('Count');
  await ann.until('reply.ended');
  const restarted = ann.of('reply.restarted');
  expect(restarted).toHaveLength(1);
  const after = ann.of('reply.sentence').filter(({ seq }) => seq > (restarted[0]?.seq ?? 0));
  expect(after.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
});
