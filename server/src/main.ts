import { fileURLToPath } from 'node:url';
import { type App, startApp } from './app.ts';
import { readConfig } from './config.ts';

/** Time to hand replies over and let clients go before the process ends all the same. */
const STOP_TIMEOUT_MS = 20_000;

const serverFolder = new URL('.', import.meta.url);
const clientFolder = fileURLToPath(new URL('../../client/dist', serverFolder));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

function greet(app: App): void {
  say(`\nFanTwin is open at ${app.url}`);
  if (!app.canReply)
    say('No language model is configured, so nobody answers yet: set LLM_BASE_URL, OPENAI_API_KEY or LLM_MODEL_PATH.');
  if (!app.signIns) return;
  say('\nDemo sign-ins:');
  for (const [name, { email, password }] of Object.entries(app.signIns))
    say(`  ${name.padEnd(10)} ${email.padEnd(28)} ${password}`);
}

function stopOnSignal(app: App): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
      app.stop().then(() => process.exit(0), fail);
    });
}

try {
  const config = readConfig(process.env);
  const app = await startApp({ config, serverFolder, clientFolder, onFatal: fail });
  greet(app);
  stopOnSignal(app);
} catch (error) {
  fail(error);
}
