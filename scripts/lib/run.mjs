import { spawn } from 'node:child_process';
import { root } from './tree.mjs';

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number, signal?: AbortSignal }} [options]
 * @returns {Promise<{ code: number, output: string }>} `output`: both streams together, where they are piped
 */
export function run(command, args, { timeoutMs, signal, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    const kill = () => child.kill('SIGKILL');
    const timer = timeoutMs ? setTimeout(kill, timeoutMs) : undefined;
    signal?.addEventListener('abort', kill);
    const settled = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
    };
    child.on('error', (error) => {
      settled();
      reject(error);
    });
    child.on('close', (code, killedBy) => {
      settled();
      resolve({ code: code ?? (killedBy === 'SIGINT' ? 130 : 1), output });
    });
  });
}

/** How to start the npm that belongs to this Node. @returns {{ command: string, first: string[], shell: boolean }} */
function npmProgram() {
  const script = process.env.npm_execpath ?? '';
  if (/npm-cli\.[cm]?js$/.test(script)) return { command: process.execPath, first: [script], shell: false };
  return { command: 'npm', first: [], shell: process.platform === 'win32' };
}

/** @param {string[]} args @param {Parameters<typeof run>[2]} [options] */
export function npm(args, options = {}) {
  const { command, first, shell } = npmProgram();
  return run(command, [...first, ...args], { shell, ...options });
}

/** Runs a program that a package of ours brings. @param {string} path inside node_modules @param {string[]} args @param {Parameters<typeof run>[2]} [options] */
export function tool(path, args, options = {}) {
  return run(process.execPath, [`${root}node_modules/${path}`, ...args], options);
}
