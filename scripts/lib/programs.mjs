import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first of these programs on PATH, then in the other folders.
 * @param {string[]} names
 * @param {string[]} [otherDirs]
 * @returns {string | undefined}
 */
export function findProgram(names, otherDirs = []) {
  const dirs = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...otherDirs];
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return dirs
    .flatMap((dir) => names.flatMap((name) => endings.map((ending) => join(dir, name + ending))))
    .find(isProgram);
}

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
