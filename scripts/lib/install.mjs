import { npm } from './run.mjs';
import { readIfThere, root } from './tree.mjs';

/** Installs what the lock names, unless just that is there. Throws when npm fails. @param {Parameters<typeof npm>[1]} [options] */
export async function ensureInstalled(options) {
  if (isInstalled()) return;
  const startedAt = Date.now();
  console.log('Installing packages ...');
  const { code } = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], options);
  if (code !== 0) throw new Error('npm ci failed; see above');
  console.log(`Installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** npm writes `node_modules/.package-lock.json` as the last step of an install: what is really there. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      !path.startsWith('node_modules/') || optional || present[path]?.version === version,
  );
}

/** @param {string} lock @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function packagesOf(lock) {
  const text = readIfThere(root + lock);
  return text === undefined ? undefined : JSON.parse(text).packages;
}
