// The process that holds the local model. It ends with its parent, however that ends.
import { LocalModel, PromptTooLong } from './llama.client.ts';
import { ALIVE_EVERY_MS, type ChildOptions, type FromChild, type Generate, type ToChild } from './local-protocol.ts';

/** Pieces wait so long for others, but the first one of an answer goes at once. */
const GATHER_MS = 20;

const running = new Map<number, AbortController>();
let model: LocalModel | undefined;
let gathered: { id: number; text: string }[] = [];
let timer: NodeJS.Timeout | undefined;

process.once('disconnect', () => process.exit(0));
if (!process.connected) process.exit(0); // the parent went away while this file was loading
process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides when this process ends
process.on('message', (message: ToChild) => {
  if (message.type === 'load') void load(message.options);
  else if (message.type === 'generate') void answer(message);
  else running.get(message.id)?.abort();
});
setInterval(() => send({ type: 'alive' }), ALIVE_EVERY_MS);

async function load(options: ChildOptions): Promise<void> {
  let told = 0;
  try {
    model = await LocalModel.load(options, (progress) => {
      if (progress - told < 0.05) return;
      told = progress;
      send({ type: 'loading', progress });
    });
    send({ type: 'ready' });
  } catch (error) {
    send({ type: 'unloadable', reason: messageOf(error) });
  }
}

async function answer(request: Generate): Promise<void> {
  const { id } = request;
  const abort = new AbortController();
  running.set(id, abort);
  let first = true;
  try {
    if (!model) throw new Error('no model is loaded');
    const end = await model.answer(request, abort.signal, (text) => {
      gathered.push({ id, text });
      if (first) flush();
      else timer ??= setTimeout(flush, GATHER_MS);
      first = false;
    });
    flush();
    send({ type: 'end', id, ...end });
  } catch (error) {
    flush();
    if (!(error instanceof PromptTooLong)) throw error; // a fault of the model or of ours: a fresh process is safer
    send({ type: 'refused', id, reason: error.message });
  } finally {
    running.delete(id);
  }
}

function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (gathered.length > 0) send({ type: 'text', pieces: gathered });
  gathered = [];
}

function send(message: FromChild): void {
  if (!process.connected) process.exit(0);
  process.send?.(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
