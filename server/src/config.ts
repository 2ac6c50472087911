import { z } from 'zod';
import type { LlmSettings } from './llm/engine.ts';
import type { S3Config } from './platform/blobs-s3.ts';
import { type SpeechSettings, voiceEngineNames } from './speech/voice-engine.ts';

const text = z.string().trim().min(1);
/** An empty variable counts as absent, as in a copied `.env.example`. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['true', 'false', '1', '0', 'on', 'off']).transform((value) => ['true', '1', 'on'].includes(value));
const Roles = z
  .string()
  .transform((list) => list.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(['web', 'replies'])).min(1));
const SpeechEngines = z
  .string()
  .transform((list) => (list.trim() === 'none' ? [] : list.split(',').map((name) => name.trim())))
  .pipe(z.array(z.enum(voiceEngineNames, `only none, or some of ${voiceEngineNames.join(', ')} with commas between`)));
/** A number comes first: `1` is one hop, not everybody. */
const TrustProxy = z.union([z.coerce.number().int().min(0), flag, text]);

const Fields = z.object({
  HOST: optional(text),
  PORT: optional(port),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  TRUST_PROXY: optional(TrustProxy),
  DATA_DIR: optional(text),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  REDIS_URL: optional(text.regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')),
  REDIS_PREFIX: optional(z.string().regex(/^[\w:-]*$/, 'letters, digits, _ - and : only')),
  ROLES: optional(Roles),
  METRICS_PORT: optional(port),
  DRAIN_MS: optional(z.coerce.number().int().min(0).max(600_000)),
  SEED_DEMO: optional(flag),
  SESSION_SECRET: optional(z.string().min(32, 'at least 32 characters, for example from: openssl rand -base64 32')),
  LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
  LLM_BASE_URL: optional(z.url({ protocol: /^https?$/ })),
  LLM_MODEL: optional(text),
  LLM_FALLBACK_MODEL: optional(text),
  LLM_CONTINUATION: optional(z.enum(['none', 'assistant', 'vllm'])),
  OPENAI_API_KEY: optional(text),
  LLM_MODEL_PATH: optional(text),
  SPEECH: optional(SpeechEngines),
  SPEECH_BASE_URL: optional(z.url({ protocol: /^https?$/ })),
  SPEECH_MODEL: optional(text),
  SPEECH_VOICE: optional(text),
  VOICEVOX_URL: optional(z.url({ protocol: /^https?$/ })),
  VOICEVOX_SPEAKER: optional(z.coerce.number().int().min(0)),
  S3_BUCKET: optional(text),
  S3_ENDPOINT: optional(z.url({ protocol: /^https?$/ })),
  S3_REGION: optional(text),
  S3_ACCESS_KEY_ID: optional(text),
  S3_SECRET_ACCESS_KEY: optional(text),
  S3_PREFIX: optional(
    z
      .string()
      .regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*\/?$/, 'folder names of letters, digits, _ - and . only, joined by /'),
  ),
});
type Fields = z.infer<typeof Fields>;

const Env = Fields.superRefine(
  (env, ctx) => {
    const fault = (name: string, message: string) => ctx.addIssue({ code: 'custom', path: [name], message });
    if (!env.DATABASE_URL !== !env.REDIS_URL)
      fault(
        env.DATABASE_URL ? 'REDIS_URL' : 'DATABASE_URL',
        'set both DATABASE_URL and REDIS_URL, or neither to run embedded',
      );
    if (env.DATABASE_URL && !env.SESSION_SECRET)
      fault('SESSION_SECRET', 'is needed where DATABASE_URL is set; the same on every server');
    if (!env.DATABASE_URL && env.ROLES && env.ROLES.length < 2)
      fault('ROLES', 'an embedded server has all roles; set DATABASE_URL and REDIS_URL to run more than one');
    if (env.SPEECH?.includes('openai') && !env.OPENAI_API_KEY && !env.SPEECH_BASE_URL)
      fault('SPEECH', 'openai needs OPENAI_API_KEY, or SPEECH_BASE_URL for another server that speaks its protocol');
    for (const [name, message] of missingOfS3(env)) fault(name, message);
  },
  { when: () => true },
); // also where a field by itself is wrong: every fault is named at once

/** Half of the settings would put files in the wrong place. */
function* missingOfS3(env: Fields): Generator<[name: string, message: string]> {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_PREFIX } = env;
  const some = S3_BUCKET ?? S3_ENDPOINT ?? S3_REGION ?? S3_ACCESS_KEY_ID ?? S3_SECRET_ACCESS_KEY ?? S3_PREFIX;
  if (some === undefined) return;
  if (!S3_BUCKET)
    yield ['S3_BUCKET', 'is needed where another S3 setting is given; leave all of them empty to use a folder'];
  if (!S3_REGION && !S3_ENDPOINT)
    yield ['S3_REGION', 'is needed at Amazon, for example eu-central-1; elsewhere set S3_ENDPOINT'];
  const atAmazonByRole = !S3_ENDPOINT && !S3_ACCESS_KEY_ID && !S3_SECRET_ACCESS_KEY;
  if (!S3_ACCESS_KEY_ID && !atAmazonByRole) yield ['S3_ACCESS_KEY_ID', 'is needed together with S3_SECRET_ACCESS_KEY'];
  if (!S3_SECRET_ACCESS_KEY && !atAmazonByRole)
    yield ['S3_SECRET_ACCESS_KEY', 'is needed together with S3_ACCESS_KEY_ID'];
}

export type Config = {
  host: string;
  port: number;
  publicUrl: string;
  trustProxy: boolean | number | string;
  dataDir: string;
  /** Absent: Postgres and Redis run inside this server. */
  stores?: { databaseUrl: string; redisUrl: string };
  redisPrefix: string;
  roles: readonly ('web' | 'replies')[];
  metricsPort?: number;
  /** Time over which a server that stops sends its clients away. */
  drainMs: number;
  seedDemo: boolean;
  sessionSecret?: string;
  logLevel: string;
  llm: LlmSettings;
  speech: SpeechSettings;
  /** Absent: files are kept under `dataDir`. */
  s3?: S3Config;
};

/** The settings, read once. Throws with every fault by name. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const result = Env.safeParse(env);
  if (!result.success) throw new Error(`Bad configuration:\n${z.prettifyError(result.error)}`);
  const set = result.data;
  const host = set.HOST ?? '127.0.0.1';
  const at = set.PORT ?? 3000;
  return {
    host,
    port: at,
    publicUrl: set.PUBLIC_URL ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${at}`,
    trustProxy: set.TRUST_PROXY ?? false,
    dataDir: set.DATA_DIR ?? './.data',
    ...(set.DATABASE_URL && set.REDIS_URL && { stores: { databaseUrl: set.DATABASE_URL, redisUrl: set.REDIS_URL } }),
    redisPrefix: set.REDIS_PREFIX ?? 'fantwin:',
    roles: set.ROLES ?? ['web', 'replies'],
    metricsPort: set.METRICS_PORT,
    drainMs: set.DRAIN_MS ?? (set.DATABASE_URL ? 5_000 : 0), // embedded, there is no other server to go to
    seedDemo: set.SEED_DEMO ?? !set.DATABASE_URL,
    sessionSecret: set.SESSION_SECRET,
    logLevel: set.LOG_LEVEL ?? 'info',
    llm: {
      baseUrl: set.LLM_BASE_URL,
      model: set.LLM_MODEL,
      fallbackModel: set.LLM_FALLBACK_MODEL,
      continuation: set.LLM_CONTINUATION ?? 'none',
      apiKey: set.OPENAI_API_KEY,
      modelPath: set.LLM_MODEL_PATH,
    },
    speech: {
      engines: set.SPEECH,
      openai: {
        baseUrl: set.SPEECH_BASE_URL,
        apiKey: set.OPENAI_API_KEY,
        model: set.SPEECH_MODEL,
        voice: set.SPEECH_VOICE,
      },
      voicevox: { url: set.VOICEVOX_URL, speaker: set.VOICEVOX_SPEAKER },
    },
    ...(set.S3_BUCKET && { s3: s3Of(set.S3_BUCKET, set) }),
  };
}

function s3Of(bucket: string, set: Fields): S3Config {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = set;
  return {
    bucket,
    region: set.S3_REGION ?? 'us-east-1', // what those without regions expect
    endpoint: set.S3_ENDPOINT,
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    prefix: set.S3_PREFIX?.replace(/\/$/, ''),
  };
}
