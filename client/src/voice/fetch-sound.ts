const TIMEOUT_MS = 10_000;
const SOUND_MAX_BYTES = 6_000_000;

/** A sentence's sound. Throws when it does not come whole, in time, or is too large to be a sentence. */
export async function fetchSound(address: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  if (!response.ok) throw new Error(`the sound was answered with ${response.status}`);
  const bytes = Number(response.headers.get('content-length') ?? 0);
  if (bytes > SOUND_MAX_BYTES) throw new Error(`the sound has ${bytes} bytes`);
  return response.arrayBuffer();
}
