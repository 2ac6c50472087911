const FILE_MAX_BYTES = 30 * 1024 * 1024;
/** No byte for this long ends the download. */
const SILENCE_MS = 15_000;
/** A file that no stage wanted is let go. */
const KEPT_MS = 30_000;
const KEPT_MAX = 3;

export type FetchOptions = {
  signal: AbortSignal;
  /** From 0 to 1, where the server tells the length. */
  onProgress?: (part: number) => void;
};

type Download = {
  file: Promise<ArrayBuffer>;
  abort: (reason: unknown) => void;
  onProgress: ((part: number) => void) | undefined;
};

/** Files on their way to a stage that does not exist yet. */
const expected = new Map<string, Download>();

/** Begins to fetch an avatar that will be wanted soon, while the code that draws it is still on its way. */
export function expectAvatar(url: string): void {
  if (expected.has(url) || expected.size >= KEPT_MAX) return;
  const download = begin(url);
  const forget = (): void => {
    if (expected.get(url) === download) expected.delete(url);
  };
  expected.set(url, download);
  download.file.catch(forget); // the stage tries for itself, and says what is wrong
  setTimeout(forget, KEPT_MS);
}

/** An avatar's file, maybe already on its way. Throws when it does not come whole, in time, or is too large. */
export async function fetchAvatar(url: string, { signal, onProgress }: FetchOptions): Promise<ArrayBuffer> {
  signal.throwIfAborted();
  const download = expected.get(url) ?? begin(url);
  expected.delete(url);
  download.onProgress = onProgress;
  const leave = (): void => download.abort(signal.reason);
  signal.addEventListener('abort', leave);
  try {
    return await download.file;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function begin(url: string): Download {
  const request = new AbortController();
  const download: Download = {
    file: receive(url, request, (part) => download.onProgress?.(part)),
    abort: (reason) => request.abort(reason),
    onProgress: undefined,
  };
  return download;
}

async function receive(
  url: string,
  request: AbortController,
  onProgress: (part: number) => void,
): Promise<ArrayBuffer> {
  const giveUp = (): void => request.abort(new Error('The avatar file does not arrive'));
  let timer = setTimeout(giveUp, SILENCE_MS);
  try {
    const response = await fetch(url, { signal: request.signal });
    if (!response.ok || !response.body) throw new Error(`The avatar file could not be loaded (${response.status})`);
    const length = Number(response.headers.get('content-length') ?? 0);
    const chunks: Uint8Array[] = [];
    let received = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
      received += part.value.byteLength;
      if (received > FILE_MAX_BYTES) {
        await reader.cancel();
        throw new Error('The avatar file is too large');
      }
      chunks.push(part.value);
      if (length > 0) onProgress(Math.min(received / length, 1));
    }
    return await new Blob(chunks as BlobPart[]).arrayBuffer();
  } finally {
    clearTimeout(timer);
  }
}
