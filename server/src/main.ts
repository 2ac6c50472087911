import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, startApp } from './app.ts';
import { type Config, readConfig } from './config.ts';

/** Time to hand replies over and close everything, beside the draining, before the process ends all the same. */
const STOP_TIMEOUT_MS = 20_000;
/** A supervisor may signal every process of a group: only a later signal means that somebody is impatient. */
const SAME_SIGNAL_MS = 1_000;

const serverFolder = new URL('.', import.meta.url);
const clientFolder = fileURLToPath(new URL('../../client/dist', serverFolder));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What was thrown on purpose says it all in its message; of anything else the place is wanted too. */
function fail(error: unknown): never {
  const plain = error instanceof Error && error.name === 'Error' && error.message !== '';
  const text = plain ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function greet(app: App, { speech }: Config): void {
  say(`\nFanTwin is open at ${app.url}`);
  if (!app.canReply)
    say('No language model is configured, so nobody answers yet: set LLM_BASE_URL, OPENAI_API_KEY or LLM_MODEL_PATH.');
  if (!speech.engines && app.voices.length === 0)
    say('No voice is set up, so twins speak without sound: npm run setup:voice adds eSpeak NG.');
  if (!app.signIns) return;
  say('\nDemo sign-ins:');
  for (const [name, { email, password }] of Object.entries(app.signIns))
    say(`  ${name.padEnd(10)} ${email.padEnd(28)} ${password}`);
}

function stopOnSignal(starting: Promise<App>, { drainMs }: Config): void {
  let since = 0;
  const stop = () => {
    if (since > 0) {
      if (Date.now() - since > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    since = Date.now();
    setTimeout(() => process.exit(1), drainMs + STOP_TIMEOUT_MS).unref();
    starting.then((app) => app.stop()).then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

try {
  const config = readConfig(process.env);
  if (!config.stores && !existsSync(join(config.dataDir, 'db'))) say('Creating the database (some seconds, once) ...');
  const starting = startApp({ config, serverFolder, clientFolder, onFatal: fail });
  stopOnSignal(starting, config);
  greet(await starting, config);
} catch (error) {
  fail(error);
}
