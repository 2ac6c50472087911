import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { VrmSummary } from '@fantwin/shared/vrm-models';
import { describe, expect, test } from 'vitest';
import { VRM_MAX_BYTES } from '@fantwin/shared/limits';
import { hostileFiles } from '../../../test/vrm-corpus/corpus.ts';
import { addView, at, closeGlb, listAt, numberAt, openGlb, put } from '../../../test/vrm-corpus/glb-edit.ts';
import { minimalVrm0, minimalVrm1 } from '../../../test/vrm-corpus/minimal-vrm.ts';
import { findingCodes } from './finding-codes.ts';
import { scanVrm } from './vrm-scan.ts';

const avatars = path.resolve(import.meta.dirname, '../../../../client/public/avatars');
const mira = readFileSync(path.join(avatars, 'mira.vrm'));

/** These never refuse a file; `vrm-warnings.test.ts` has them. */
const warningCodes = new Set<string>([
  'many-morphs',
  'textures-heavy',
  'shading-not-finite',
  'thumbnail-too-large',
  'bone-unknown',
  'expressions-missing',
  'gaze-missing',
  'spring-joint-order',
  'licence-unknown',
  'permission-only-author',
  'permission-separate-licence',
  'redistribution-not-allowed',
  'credit-required',
  'other-licence',
]);

async function accepted(file: Uint8Array) {
  const scan = await scanVrm(file);
  if (!scan.ok) throw new Error(`refused: ${JSON.stringify(scan.findings)}`);
  return scan;
}

describe('good files', () => {
  test('our own avatar: nothing to complain of', async () => {
    const { summary, thumbnail } = await accepted(mira);
    const { json } = openGlb(mira);
    const count = (pointer: string): number => listAt(json, pointer).length;
    const corners = (mesh: number): number =>
      (at(json, `/meshes/${mesh}/primitives`) as { indices: number }[]).reduce(
        (sum, { indices }) => sum + numberAt(json, `/accessors/${indices}/count`),
        0,
      );
    const triangles = (at(json, '/nodes') as { mesh?: number }[]).flatMap(({ mesh }) =>
      mesh === undefined ? [] : corners(mesh) / 3,
    );
    expect(summary).toEqual({
      name: 'Mira',
      version: '1.0',
      licence: {
        authors: ['The FanTwin authors'],
        avatarPermission: 'everyone',
        commercialUsage: 'corporation',
        redistribution: true,
        modification: 'allowModificationRedistribution',
        creditRequired: false,
        violence: false,
        sexual: false,
        politicalOrReligious: false,
        antisocialOrHate: false,
      },
      budget: {
        bytes: mira.length,
        triangles: triangles.reduce((sum, one) => sum + one, 0),
        materials: count('/materials'),
        joints: count('/skins/0/joints'),
        morphs: summary.budget.morphs,
        textures: count('/textures'),
        texturePixelsMax: summary.budget.texturePixelsMax,
        textureBytes: summary.budget.textureBytes,
        goodForPhones: true,
      },
      findings: [],
    });
    expect(summary.budget.morphs).toBeGreaterThanOrEqual(5); // a mouth
    expect(summary.budget.textureBytes).toBeGreaterThanOrEqual(summary.budget.texturePixelsMax);
    expect(VrmSummary.parse(summary)).toEqual(summary);
    expect(thumbnail?.type).toBe('image/png');
    expect(Buffer.from(thumbnail?.bytes ?? []).toString('latin1', 1, 4)).toBe('PNG');
  });

  test.each(readdirSync(avatars).filter((name) => name.endsWith('.vrm')))('%s: fit for phones', async (name) => {
    const { summary } = await accepted(readFileSync(path.join(avatars, name)));
    expect(summary).toMatchObject({ findings: [], budget: { goodForPhones: true } });
  });

  test('the least of VRM 1.0', async () => {
    const { summary, thumbnail } = await accepted(minimalVrm1());
    expect(summary).toMatchObject({
      name: 'Least',
      version: '1.0',
      licence: { authors: ['Somebody'], commercialUsage: 'personalProfit', modification: 'prohibited' },
      budget: { triangles: 1, materials: 0, joints: 0, morphs: 1, textures: 0, goodForPhones: true },
    });
    expect(summary.findings.map(({ level, code }) => [level, code])).toEqual([
      ['warning', 'gaze-missing'],
      ['warning', 'expressions-missing'],
    ]);
    expect(summary.findings[1]?.message).toContain('ih, ou, ee, oh, blink, happy, angry, sad, relaxed, surprised');
    expect(thumbnail).toBeUndefined();
  });

  test('the least of VRM 0.x, translated into the words of 1.0', async () => {
    const { summary } = await accepted(minimalVrm0());
    expect(summary).toMatchObject({
      name: 'Least of old',
      version: '0.x',
      licence: {
        authors: ['Somebody'],
        avatarPermission: 'everyone',
        commercialUsage: 'personalProfit',
        redistribution: true,
        modification: 'allowModificationRedistribution',
        creditRequired: true,
        violence: true,
        sexual: false,
      },
      budget: { triangles: 1, morphs: 1, goodForPhones: true },
    });
    expect(summary.findings.map(({ code }) => code)).toEqual([
      'gaze-missing',
      'expressions-missing',
      'credit-required',
    ]);
    expect(summary.findings[1]?.message).toContain(': ih, ou, ee, oh, blink, happy, angry, sad, relaxed.');
  });

  test('a view into a larger buffer is read from where it starts', async () => {
    const larger = Buffer.concat([Buffer.alloc(7, 1), mira, Buffer.alloc(9, 1)]);
    expect((await accepted(larger.subarray(7, 7 + mira.length))).summary.name).toBe('Mira');
  });
});

describe('hostile files', () => {
  const files = hostileFiles(mira);

  test('have names of their own', () => {
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  });

  test.each(files)('$name: $code', async ({ file, code, pointer }) => {
    const scan = await scanVrm(file);
    if (scan.ok) throw new Error('accepted');
    const errors = scan.findings.filter(({ level }) => level === 'error');
    expect(errors.map((finding) => [finding.code, finding.pointer])).toEqual([[code, pointer]]);
    expect(findingCodes).toEqual(expect.arrayContaining(scan.findings.map((finding) => finding.code)));
  });

  test('every reason to refuse has a file here, save those that no small file can give', () => {
    const never = ['file-too-large', 'scan-failed', 'more-findings'];
    const told = new Set([...files.map(({ code }) => code), ...never]);
    expect(findingCodes.filter((code) => !warningCodes.has(code) && !told.has(code))).toEqual([]);
  });

  test('one byte more than the largest file', async () => {
    const scan = await scanVrm(new Uint8Array(VRM_MAX_BYTES + 1));
    expect(scan).toMatchObject({ ok: false, findings: [{ code: 'file-too-large' }] });
  });
});

test('a server lives while it scans the largest file', async () => {
  const glb = openGlb(mira);
  const bytes = VRM_MAX_BYTES - closeGlb(glb).length - 8_192;
  const bufferView = addView(glb, Buffer.alloc(bytes - (bytes % 4)));
  // The same bytes, read again and again.
  for (let i = 0; i < 4; i += 1) {
    put(glb.json, '/accessors/-', { bufferView, componentType: 5121, count: bytes - (bytes % 4), type: 'SCALAR' });
  }
  let turns = 0;
  let scanning = true;
  const turn = (): void => {
    turns += 1;
    if (scanning) setImmediate(turn);
  };
  setImmediate(turn);
  const { summary } = await accepted(closeGlb(glb));
  scanning = false;
  expect(summary.budget.bytes).toBeGreaterThan(VRM_MAX_BYTES - 16_384);
  expect(turns).toBeGreaterThan(10);
});
