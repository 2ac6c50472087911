import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoConversationId } from '../src/characters/seed.ts';
import { type App, type Doubles, startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createEngineDouble, type EngineDouble } from './doubles/engine-double.ts';
import { createSpeechDouble, type SpeechDouble } from './doubles/speech-double.ts';
import { Fan } from './fan.ts';
import { openTestStores, type TestStores } from './stores.ts';

export const clientFolder = new URL('../../client/public', import.meta.url).pathname;

export type TestApp = {
  url: string;
  app: App;
  engine: EngineDouble;
  speech: SpeechDouble;
  stores: TestStores;
  /** The seeded live conversation. */
  live: string;
  fan: (name: string, options?: Parameters<typeof Fan.enter>[2]) => Promise<Fan>;
  /** One more server on the same stores. */
  another: (doubles?: Doubles, env?: Record<string, string>) => Promise<App>;
  close: () => Promise<void>;
};

/** A server in this process on a database and a Redis prefix of its own; only the model and the voice are doubles. */
export async function startTestApp(
  answers: string[] = ['Hello there.'],
  doubles: Doubles = {},
  env: Record<string, string> = {},
): Promise<TestApp> {
  const stores = await openTestStores();
  const engine = createEngineDouble(answers);
  const speech = createSpeechDouble();
  const dataDir = mkdtempSync(join(tmpdir(), 'fantwin-test-'));
  const apps: App[] = [];
  const fans: Fan[] = [];

  const another = async (more: Doubles = {}, moreEnv: Record<string, string> = {}): Promise<App> => {
    const config = readConfig({ ...serverEnv(stores, dataDir), ...env, ...moreEnv });
    const app = await startApp(
      {
        config: { ...config, publicUrl: config.publicUrl },
        serverFolder: new URL('../dist/', import.meta.url),
        clientFolder,
        onFatal: (error) => {
          throw error;
        },
      },
      { llm: engine, speech, ...doubles, ...more },
    );
    apps.push(app);
    return app;
  };

  const app = await another();
  return {
    app,
    engine,
    speech,
    stores,
    url: app.url,
    live: demoConversationId,
    another,
    async fan(name, options) {
      const fan = await Fan.enter(app.url, name, options);
      fans.push(fan);
      return fan;
    },
    async close() {
      for (const fan of fans) fan.close();
      for (const one of apps) await one.stop();
      await stores.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a server on test stores is started with. */
export function serverEnv(stores: TestStores, dataDir: string): Record<string, string> {
  return {
    PORT: '0',
    METRICS_PORT: '0',
    DRAIN_MS: '0',
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    REDIS_PREFIX: stores.prefix,
    SESSION_SECRET: 'a secret of the tests, long enough to be one',
    SEED_DEMO: 'on',
    DATA_DIR: dataDir,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'error',
  };
}
