import { relative } from 'node:path';
import { readIfThere, root } from './tree.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, notShown: string[] }} Report */

/** @typedef {{ status: string, fullName: string }} Test */
/** @typedef {{ name: string, status: string, assertionResults: Test[] }} File */

/**
 * Counts one vitest run. A file that failed as a whole, and a run that failed without naming a test, count as one failure.
 * @param {string} path of vitest's json report
 * @param {number} code vitest's exit code
 * @param {string} workspace
 * @returns {Report}
 */
export function readReport(path, code, workspace) {
  const text = readIfThere(path);
  const files = /** @type {File[]} */ (text === undefined ? [] : JSON.parse(text).testResults);
  const report = { passed: 0, failed: 0, skipped: 0, notShown: /** @type {string[]} */ ([]) };
  for (const { name, status, assertionResults } of files) {
    const file = relative(root, name);
    const withStatus = (/** @type {string} */ wanted) => assertionResults.filter((test) => test.status === wanted);
    const failed = withStatus('failed').length;
    const skipped = assertionResults.filter((test) => test.status !== 'passed' && test.status !== 'failed');
    report.passed += withStatus('passed').length;
    report.failed += failed || (status === 'failed' ? 1 : 0);
    report.skipped += skipped.length;
    if (skipped.length === 0) continue;
    if (skipped.length === assertionResults.length) report.notShown.push(`${file} (all ${skipped.length} tests)`);
    else report.notShown.push(...skipped.map((test) => `${file}: ${test.fullName}`));
  }
  if (code !== 0 && report.failed === 0) {
    report.failed = 1;
    report.notShown.push(`${workspace}: vitest ended with ${code} without naming a failed test; see above`);
  }
  return report;
}
