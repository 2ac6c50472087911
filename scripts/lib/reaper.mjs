// Outlives the one who started it, and then ends what that one left behind: told `+ <pid>`, `- <pid>` and `folder <path>`
// on its input, it kills those processes and removes that folder when the input ends.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** @type {Set<number>} */
const pids = new Set();
/** @type {string[]} */
const folders = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [what, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    if (what === '+') pids.add(Number(rest));
    if (what === '-') pids.delete(Number(rest));
    if (what === 'folder') folders.push(rest);
  })
  .on('close', () => {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // gone by itself
      }
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
