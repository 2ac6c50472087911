import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readYaml } from './yaml.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(root + path, 'utf8');

const Step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
});
const Workflow = z.looseObject({
  permissions: z.strictObject({ contents: z.literal('read') }),
  jobs: z.record(z.string(), z.looseObject({ 'timeout-minutes': z.number(), steps: z.array(Step) })),
});
const text = read('.github/workflows/ci.yml');
const { jobs } = Workflow.parse(readYaml(text)[0]);
const steps = Object.values(jobs).flatMap((job) => job.steps);
const commands = steps.flatMap(({ run = '' }) => run.trim().split('\n'));

test('runs what the README says, from a clean install', () => {
  expect(commands.indexOf('npm ci')).toBeLessThan(commands.indexOf('npm run check'));
  expect(commands).toContain('npm ci');
  expect(read('README.md')).toContain('`npm run check`');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const [, script = ''] of commands.join('\n').matchAll(/npm run (\S+)/g)) expect(scripts[script]).toBeTruthy();
});

test('on the Node that everything is made for', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  const least = Number(/>=20\.(\d+)/.exec(engines.node)?.[1]);
  const versions = steps.flatMap(({ with: given }) => (given?.['node-version'] ? [given['node-version']] : []));
  expect(versions.length).toBeGreaterThan(0);
  for (const version of versions)
    expect(Number(/^20\.(\d+)$/.exec(String(version))?.[1])).toBeGreaterThanOrEqual(least);
});

test('actions of others are pinned to a commit, whose version is named', () => {
  const uses = text.match(/uses: .*/g) ?? [];
  expect(uses).toHaveLength(steps.filter((step) => step.uses).length);
  for (const line of uses) expect(line).toMatch(/^uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('builds every image that there is', () => {
  const built = commands.flatMap((command) => /docker build -f (\S+)/.exec(command)?.[1] ?? []);
  expect(built.length).toBeGreaterThan(0);
  for (const path of built) expect(existsSync(root + path)).toBe(true);
});
