import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Finding, VrmSummary } from '@fantwin/shared/vrm-models';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeGlb, openGlb, put } from '../../../test/vrm-corpus/glb-edit.ts';
import { minimalVrm0, minimalVrm1 } from '../../../test/vrm-corpus/minimal-vrm.ts';
import { findingCodes } from './finding-codes.ts';
import { scanVrm } from './vrm-scan.ts';

const mira = readFileSync(path.resolve(import.meta.dirname, '../../../../client/public/avatars/mira.vrm'));
const goods = [minimalVrm1(), minimalVrm0(), mira];
const good = fc.constantFrom(...goods);

/** It ends with an answer that fits the contract, and always knows why. */
async function answers(file: Uint8Array): Promise<void> {
  const scan = await scanVrm(file);
  const findings = scan.ok ? VrmSummary.parse(scan.summary).findings : scan.findings;
  expect(scan.ok).toBe(!findings.some(({ level }) => level === 'error'));
  expect(findings.length).toBeLessThanOrEqual(21);
  for (const finding of findings) {
    expect(Finding.parse(finding)).toEqual(finding);
    expect(findingCodes).toContain(finding.code);
    expect(finding.code).not.toBe('scan-failed'); // every fault has a check that names it
    expect(finding.message).not.toMatch(/undefined|NaN,|\[object|Invalid input/);
  }
}

function pointersOf(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
  return [pointer, ...Object.entries(value).flatMap(([key, part]) => pointersOf(part, `${pointer}/${escaped(key)}`))];
}
const places = new Map(goods.map((file) => [file, pointersOf(openGlb(file).json).slice(1)]));
const oddNumber = fc.constantFrom(-1, 0, 1, 2, 3, 255, 5121, 5126, 65_536, 2 ** 31, 2 ** 53, 1e300, -0.5);
const oddValue = fc.oneof(oddNumber, fc.constantFrom(null, undefined, true, '', [], {}, [[]], [0, 0]), fc.jsonValue());

test('bytes that flip', async () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(good, flips, async (file, changes) => {
      const copy = Buffer.from(file);
      for (const [at, value] of changes) copy[at % copy.length] = value;
      await answers(copy);
    }),
    { numRuns: 100 },
  );
});

test('files cut off, and files that say so', async () => {
  await fc.assert(
    fc.asyncProperty(good, fc.nat(), fc.boolean(), async (file, at, honest) => {
      const copy = Buffer.from(file.subarray(0, at % file.length));
      if (honest && copy.length >= 12) copy.writeUInt32LE(copy.length, 8);
      await answers(copy);
    }),
    { numRuns: 60 },
  );
});

test('values of the JSON that are others', async () => {
  await fc.assert(
    fc.asyncProperty(
      good,
      fc.array(fc.tuple(fc.nat(), oddValue), { minLength: 1, maxLength: 3 }),
      async (file, edits) => {
        const glb = openGlb(file);
        const pointers = places.get(file) ?? [];
        for (const [at, value] of edits) {
          try {
            put(glb.json, pointers[at % pointers.length] ?? '/asset', value);
          } catch {
            // an edit before took its parent away
          }
        }
        await answers(closeGlb(glb));
      },
    ),
    { numRuns: 300 },
  );
});
