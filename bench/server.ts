// A server as main.ts starts it, but for the engine: that is a double in this process. It serves calls of the bench beside.
import { fileURLToPath } from 'node:url';
import { startApp } from '../server/src/app.ts';
import { readConfig } from '../server/src/config.ts';
import { createGuardian } from '../server/src/guardian/guardian.ts';
import { serve } from './child.ts';
import { createPacedEngine, type Plan } from './engine.ts';
import { createPacer } from './pacer.ts';

const serverFolder = new URL('../../../server/dist/', import.meta.url);
const clientFolder = fileURLToPath(new URL('../../client/dist', serverFolder));

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

const engine = createPacedEngine(createPacer(), createGuardian());
const starting = startApp(
  { config: readConfig(process.env), serverFolder, clientFolder, onFatal: fail },
  { llm: engine.llm },
);
starting.catch(fail);

const methods = {
  url: async () => (await starting).url,
  plan: ({ plan, conversationIds }: { plan: Plan; conversationIds?: string[] }) => engine.plan(plan, conversationIds),
  engine: () => engine.counts(),
  firstWords: () => engine.firstWordAtMs,
  collectGarbage: () => globalThis.gc?.(),
};
export type ServerMethods = typeof methods;

serve(methods);
