// npm run prove:cluster -- --rounds 20: kills, freezes and cuts parts of a cluster while replies stream, and counts what fans
// miss. `--write` puts the table into docs/reliability.md. The pieces are in server/test/chaos.
import './lib/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { serverOptions } from './build.mjs';
import { findHaproxy, haproxyMissing } from './lib/haproxy.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/tree.mjs';

if (!findHaproxy()) {
  console.error(haproxyMissing);
  process.exit(1);
}
await ensureInstalled();
const { build } = await import('esbuild');
const { external, entryPoints: _entries, outdir: _out, outbase: _base, ...options } = serverOptions();
const outfile = join(root, 'server/dist/test/prove.js'); // as deep as its source, and near the packages
await build({
  ...options,
  entryPoints: ['server/test/chaos/prove.ts'],
  outfile,
  external: [...(external ?? []), 'socket.io-client'],
});
process.chdir(root);
await import(pathToFileURL(outfile).href);
