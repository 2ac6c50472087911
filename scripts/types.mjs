// npm run types: checks the types of each workspace and shows the faults of all.
import './lib/node-version.mjs';
import { existsSync } from 'node:fs';
import { tool } from './lib/run.mjs';
import { filesUnder, root } from './lib/tree.mjs';

const hasSources = (/** @type {string} */ workspace) =>
  filesUnder(`${root}${workspace}`).some((file) => /\.tsx?$/.test(file));
const workspaces = ['shared', 'server', 'client', 'gpu-worker', 'bench'].filter(
  (name) => existsSync(`${root}${name}/tsconfig.json`) && hasSources(name),
);

const results = await Promise.all(
  workspaces.map(async (workspace) => {
    const options = {
      stdio: /** @type {['ignore', 'pipe', 'pipe']} */ (['ignore', 'pipe', 'pipe']),
      timeoutMs: 300_000,
    };
    return { workspace, ...(await tool('typescript/bin/tsc', ['-p', workspace, '--pretty', 'false'], options)) };
  }),
);
for (const { output } of results) process.stdout.write(output);
const failed = results.filter(({ code }) => code !== 0).map(({ workspace }) => workspace);
if (failed.length > 0 || results.length === 0) {
  console.error(`Types are wrong in: ${failed.join(', ')}`);
  process.exit(1);
}
console.log(`Types are right in ${workspaces.join(', ')}`);
