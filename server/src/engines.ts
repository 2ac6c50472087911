import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createBreaker } from './llm/breaker.client.ts';
import type { Engine, Llm, LlmSettings } from './llm/engine.ts';
import { LocalEngine } from './llm/local.client.ts';
import { createOpenAiEngine } from './llm/openai.client.ts';
import { createLlm } from './llm/router.ts';

const OPENAI_URL = 'https://api.openai.com/v1';
const DEFAULT_HOSTED_MODEL = 'gpt-4o-mini';
/** What `npm start` fetches, the better one first. */
const localModels = ['SmolLM2-135M-Instruct.Q4_1.gguf', 'tinyllama-1b-chat.iq2_xxs.gguf'];

/** The engines of the settings, the preferred one first: a hosted one where it is set, otherwise a model found here. */
export function openLlm(llm: LlmSettings, dataDir: string, serverFolder: URL): Llm {
  const engines = llm.baseUrl || llm.apiKey ? hosted(llm) : local(llm, dataDir, serverFolder);
  return createLlm({ engines: engines.map((engine) => ({ engine, breaker: createBreaker() })) });
}

function hosted({
  baseUrl = OPENAI_URL,
  apiKey,
  model = DEFAULT_HOSTED_MODEL,
  fallbackModel,
  continuation,
}: LlmSettings): Engine[] {
  const models = fallbackModel ? [model, fallbackModel] : [model];
  return models.map((name) => createOpenAiEngine({ baseUrl, apiKey, model: name, continuation }));
}

function local({ modelPath }: LlmSettings, dataDir: string, serverFolder: URL): Engine[] {
  const path = modelPath ?? localModels.map((file) => join(dataDir, 'models', file)).find((file) => existsSync(file));
  return path ? [new LocalEngine({ modelPath: path, childUrl: new URL('llm/local.child.js', serverFolder) })] : [];
}
