import { existsSync } from 'node:fs';
import { root } from './tree.mjs';

/** Takes settings from `.env`; what is set already stays. */
export function loadDotEnv() {
  if (existsSync(`${root}.env`)) process.loadEnvFile(`${root}.env`);
}
