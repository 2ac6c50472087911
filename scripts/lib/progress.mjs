const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);

/**
 * Shows how far a download is: a bar on a terminal, a line every 10 s elsewhere. Aborts it when nothing comes for `stallMs`.
 * @template T
 * @param {{ label: string, total: number, stallMs: number, size: () => number }} what `size`: bytes that are here by now
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress({ label, total, stallMs, size }, work) {
  const stalled = new AbortController();
  const isTerminal = process.stdout.isTTY;
  let [best, grewAt, saidAt] = [0, Date.now(), Date.now()];

  const show = () => {
    const now = size();
    if (now > best) [best, grewAt] = [now, Date.now()];
    else if (Date.now() - grewAt > stallMs) stalled.abort(new Error(`nothing came for ${stallMs / 1000} s`));
    const share = Math.min(1, best / total); // what is being unpacked counts twice
    const text = `${megabytes(share * total)} of ${megabytes(total)} MB, ${Math.floor(share * 100)} %`;
    if (isTerminal) {
      const bar = '#'.repeat(Math.round(share * 30)).padEnd(30, '.');
      process.stdout.write(`\r${label} [${bar}] ${text} `);
    } else if (Date.now() - saidAt >= 10_000) {
      saidAt = Date.now();
      console.log(`${label}: ${text}`);
    }
  };

  const timer = setInterval(show, isTerminal ? 200 : 1000);
  try {
    return await work(stalled.signal);
  } finally {
    clearInterval(timer);
    if (isTerminal) process.stdout.write('\n');
  }
}
