import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readReport } from '../lib/test-report.mjs';
import { root } from '../lib/tree.mjs';

const dir = mkdtempSync(join(tmpdir(), 'fantwin-report-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** @param {Record<string, { status: string, tests: string[] }>} files */
function report(files, code = 0) {
  const path = join(dir, 'report.json');
  const testResults = Object.entries(files).map(([name, { status, tests }]) => ({
    name: join(root, name),
    status,
    assertionResults: tests.map((outcome, i) => ({ status: outcome, fullName: `test ${i}` })),
  }));
  writeFileSync(path, JSON.stringify({ testResults }));
  return readReport(path, code, 'server');
}

test('tests are counted, and what was left out is named: a whole file once, else each test', () => {
  const read = report({
    'server/a.test.ts': { status: 'passed', tests: ['passed', 'skipped', 'todo'] },
    'server/b.test.ts': { status: 'passed', tests: ['skipped', 'pending'] },
  });
  expect(read).toEqual({
    passed: 1,
    failed: 0,
    skipped: 4,
    notShown: ['server/a.test.ts: test 1', 'server/a.test.ts: test 2', 'server/b.test.ts (all 2 tests)'],
  });
});

test('a file that could not be loaded is a failure', () => {
  expect(report({ 'server/a.test.ts': { status: 'failed', tests: [] } }, 1)).toMatchObject({ passed: 0, failed: 1 });
  expect(report({ 'server/a.test.ts': { status: 'failed', tests: ['failed', 'failed'] } }, 1)).toMatchObject({
    failed: 2,
  });
});

test('a run that fails without naming a test, or leaves no report, is a failure', () => {
  expect(report({ 'server/a.test.ts': { status: 'passed', tests: ['passed'] } }, 1)).toMatchObject({
    passed: 1,
    failed: 1,
  });
  expect(readReport(join(dir, 'none.json'), 137, 'server')).toMatchObject({ passed: 0, failed: 1 });
});
