import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const outside = { DATABASE_URL: 'postgres://db/fantwin', REDIS_URL: 'redis://cache', SESSION_SECRET: 'x'.repeat(32) };

describe('settings', () => {
  test('nothing set is an embedded server with all roles and demo people', () => {
    expect(readConfig({}).stores).toBeUndefined();
    expect(readConfig({})).toMatchObject({
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      roles: ['web', 'replies'],
      seedDemo: true,
      llm: { continuation: 'none' },
    });
  });

  test('an empty variable counts as absent, as in a copied example file', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', REDIS_URL: '', METRICS_PORT: '', LLM_BASE_URL: '' })).toEqual(
      readConfig({}),
    );
  });

  test('outside stores are both or neither, and want a secret and no demo', () => {
    expect(readConfig(outside)).toMatchObject({ stores: { databaseUrl: outside.DATABASE_URL }, seedDemo: false });
    expect(() => readConfig({ ...outside, REDIS_URL: '' })).toThrow(/REDIS_URL/);
    expect(() => readConfig({ ...outside, SESSION_SECRET: '' })).toThrow(/SESSION_SECRET/);
    expect(() => readConfig({ ...outside, SESSION_SECRET: 'short' })).toThrow(/at least 32 characters/);
  });

  test('every fault is named at once', () => {
    const bad = {
      PORT: '99999',
      ROLES: 'web,cook',
      PUBLIC_URL: 'ftp://x',
      LLM_CONTINUATION: 'perhaps',
      SEED_DEMO: 'maybe',
    };
    for (const name of Object.keys(bad)) expect(() => readConfig(bad)).toThrow(new RegExp(name));
  });

  test('one proxy in front is one, and does not mean that everybody is trusted', () => {
    const trusted = ['1', '0', 'true', 'off', 'loopback, 10.0.0.0/8'].map((set) => readConfig({ TRUST_PROXY: set }));
    expect(trusted.map(({ trustProxy }) => trustProxy)).toEqual([1, 0, true, false, 'loopback, 10.0.0.0/8']);
  });

  test('voices: those that are named, or those that are found; openai needs somebody to ask', () => {
    const enginesOf = (env: Record<string, string>) => readConfig(env).speech.engines;
    expect(enginesOf({})).toBeUndefined();
    expect(enginesOf({ SPEECH: 'none' })).toEqual([]);
    expect(enginesOf({ SPEECH: 'voicevox, espeak' })).toEqual(['voicevox', 'espeak']);
    expect(enginesOf({ SPEECH: 'openai', OPENAI_API_KEY: 'key' })).toEqual(['openai']);
    expect(() => readConfig({ SPEECH: 'openai' })).toThrow(/OPENAI_API_KEY/);
    expect(() => readConfig({ SPEECH: 'siri' })).toThrow(/only none, or some of/);
    expect(() => readConfig({ SPEECH: 'none,espeak' })).toThrow(/only none/);
    expect(() => readConfig({ VOICEVOX_SPEAKER: 'zundamon', VOICEVOX_URL: 'here' })).toThrow(
      /VOICEVOX_URL[\s\S]*VOICEVOX_SPEAKER/,
    );
  });

  test('an embedded server has all roles', () => {
    expect(() => readConfig({ ROLES: 'web' })).toThrow(/ROLES/);
    expect(readConfig({ ...outside, ROLES: 'web' }).roles).toEqual(['web']);
  });
});
