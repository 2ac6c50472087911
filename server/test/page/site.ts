import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenAiDouble, startOpenAiDouble } from '../doubles/openai-double.ts';
import type { ChatRequest } from '../doubles/openai-double-script.ts';
import { waitFor } from '../fan.ts';
import { ServerProcess, startTestCluster } from '../server-process.ts';
import { freePort } from '../free-port.ts';

/** A built server that serves the built page; only the language model is a double. */
export type Site = {
  url: string;
  double: OpenAiDouble;
  /** The same stores behind a server with other settings. */
  another: (env: Record<string, string>) => Promise<ServerProcess>;
  /** The password of a demo person. */
  passwordOf: (name: string) => Promise<string>;
  close: () => Promise<void>;
};

/** `answers`: by the question; `tokenMs`: the model's pace. */
export async function openSite(answers: Record<string, string>, tokenMs: number): Promise<Site> {
  const double = await startModel(answers, tokenMs);
  const cluster = await startTestCluster(0, modelOf(double));
  const another = async (env: Record<string, string>) => cluster.add({ PORT: String(await freePort()), ...env });
  const server = await another({});
  return {
    url: server.url,
    double,
    another,
    passwordOf: (name) => passwordIn(server, name),
    async close() {
      await cluster.close();
      await double.close();
    },
  };
}

/** A server with its stores inside, which may be killed and started again at the same address. */
export async function openEmbeddedSite(answers: Record<string, string>, tokenMs: number) {
  const double = await startModel(answers, tokenMs);
  const dataDir = mkdtempSync(join(tmpdir(), 'fantwin-page-'));
  const env = { PORT: String(await freePort()), DATA_DIR: dataDir, LOG_LEVEL: 'error', ...modelOf(double) };
  let server = await ServerProcess.start(env);
  return {
    url: server.url,
    double,
    async kill(): Promise<void> {
      server.kill();
      await server.exited;
    },
    async startAgain(): Promise<void> {
      server = await ServerProcess.start(env);
    },
    async close(): Promise<void> {
      server.kill();
      await server.exited;
      await double.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const startModel = (answers: Record<string, string>, tokenMs: number): Promise<OpenAiDouble> =>
  startOpenAiDouble({
    answers(messages: ChatRequest['messages']) {
      const asked = messages.findLast(({ role }) => role === 'user')?.content ?? '';
      return Object.entries(answers).find(([question]) => asked.endsWith(question))?.[1] ?? 'Thank you.';
    },
    tokenMs,
    continuation: 'assistant',
  });

const modelOf = ({ url }: OpenAiDouble) => ({ LLM_BASE_URL: url, LLM_MODEL: 'double', LLM_CONTINUATION: 'assistant' });

function passwordIn(server: ServerProcess, name: string): Promise<string> {
  const said = new RegExp(`${name}@fantwin\\.example +(\\S+)`);
  return waitFor(() => said.exec(server.output)?.[1], `the server says the password of ${name}`);
}
