import { spawn } from 'node:child_process';
import { root } from './tree.mjs';

/**
 * Runs the built server. In a process group of its own, so that Ctrl-C reaches it once: handed on by us.
 * @param {NodeJS.ProcessEnv} settings on top of our own environment
 * @param {import('node:child_process').StdioOptions} [stdio]
 */
export function startServerProcess(settings, stdio = 'inherit') {
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--enable-source-maps', 'server/dist/main.js'],
    { cwd: root, stdio, env: { ...process.env, ...settings }, detached: process.platform !== 'win32' },
  );
}
