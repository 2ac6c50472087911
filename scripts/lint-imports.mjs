// npm run lint:imports: checks .dependency-cruiser.cjs, and that the check has really read every file.
import './lib/node-version.mjs';
import { join, relative, sep } from 'node:path';
import { tool } from './lib/run.mjs';
import { filesUnder, root } from './lib/tree.mjs';

const workspaces = ['shared', 'server', 'client', 'gpu-worker', 'bench'];
const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
const { code, output } = await tool('dependency-cruiser/bin/dependency-cruise.mjs', [...options, ...workspaces], {
  stdio: ['ignore', 'pipe', 'pipe'],
  timeoutMs: 120_000,
});

/** @type {{ modules: { source: string, dependencies: unknown[] }[], summary: { violations: { rule: { name: string }, from: string, to: string, cycle?: { name: string }[] }[] } }} */
let result;
try {
  result = JSON.parse(output.slice(output.indexOf('{')));
} catch {
  console.error(`dependency-cruiser ended with ${code}:\n${output.slice(0, 4000)}`);
  process.exit(1);
}

const read = new Set(result.modules.map(({ source }) => source));
const files = workspaces
  .flatMap((workspace) => filesUnder(join(root, workspace)))
  .map((file) => relative(root, file).split(sep).join('/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
const unread = files.filter((file) => !read.has(file));
const imports = result.modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);

for (const { rule, from, to, cycle } of result.summary.violations) {
  console.error(`${rule.name}: ${from} -> ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to}`);
}
const indexes = files.filter((file) => /\/index\.tsx?$/.test(file));
for (const file of indexes) console.error(`no-index-files: ${file}: import the file that holds the thing`);
for (const file of unread) console.error(`not checked: ${file}`);

// With a compiler that it cannot use, dependency-cruiser reads nothing and finds no fault.
const plausible = files.length > 0 && unread.length === 0 && imports >= files.length;
if (!plausible) console.error('The check has not read what it should: it proves nothing.');
if (result.summary.violations.length > 0 || indexes.length > 0 || !plausible) process.exit(1);
console.log(`${files.length} files and ${imports} imports follow the rules`);
