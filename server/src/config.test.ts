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

  test('an embedded server has all roles', () => {
    expect(() => readConfig({ ROLES: 'web' })).toThrow(/ROLES/);
    expect(readConfig({ ...outside, ROLES: 'web' }).roles).toEqual(['web']);
  });
});
