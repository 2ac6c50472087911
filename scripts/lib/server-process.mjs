import { spawn } from 'node:child_process';
import { root } from './tree.mjs';

/**
 * Runs the built server. In a process group of its own, so that Ctrl-C reaches it once: handed on by us.
 * @param {NodeJS.ProcessEnv} settings on top of our own environment
 */
export function startServerProcess(settings) {
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--enable-source-maps', 'server/dist/main.js'],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...settings }, detached: process.platform !== 'win32' },
  );
}
