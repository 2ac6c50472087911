// Writes our own avatars: node client/scripts/make-avatar.mjs [name] [file]. The same source gives the same bytes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFigure } from './avatar/figure.mjs';
import { writeVrm } from './avatar/file.mjs';
import { mira } from './avatar/people/mira.mjs';
import { ren } from './avatar/people/ren.mjs';

const people = { mira, ren };
const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

function write(name, file) {
  // A picture of the model itself, taken on the stage by portrait.mjs.
  const picture = pathOf(`avatar/people/${name}.png`);
  const thumbnail = existsSync(picture) ? readFileSync(picture) : undefined;
  const bytes = writeVrm(people[name], makeFigure(people[name]), thumbnail);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  process.stdout.write(`${file}: ${bytes.length} bytes\n`);
}

const [name, file] = process.argv.slice(2);
if (name !== undefined && !(name in people))
  throw new Error(`No person ${name}: choose ${Object.keys(people).join(' or ')}`);
for (const one of name ? [name] : Object.keys(people)) write(one, file ?? pathOf(`../public/avatars/${one}.vrm`));
