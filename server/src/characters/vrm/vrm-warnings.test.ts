import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { addView, at, closeGlb, type Glb, listAt, numberAt, openGlb, put } from '../../../test/vrm-corpus/glb-edit.ts';
import { startOf } from '../../../test/vrm-corpus/hostile-file.ts';
import { landmarksOf } from '../../../test/vrm-corpus/landmarks.ts';
import { minimalVrm0 } from '../../../test/vrm-corpus/minimal-vrm.ts';
import { pngOf } from '../../../test/vrm-corpus/pictures.ts';
import { scanVrm } from './vrm-scan.ts';

const mira = readFileSync(path.resolve(import.meta.dirname, '../../../../client/public/avatars/mira.vrm'));

async function accept(good: Uint8Array, edit: (glb: Glb) => void) {
  const glb = openGlb(good);
  edit(glb);
  const scan = await scanVrm(closeGlb(glb));
  if (!scan.ok) throw new Error(`refused: ${JSON.stringify(scan.findings)}`);
  const { findings, ...summary } = scan.summary;
  return { ...summary, thumbnail: scan.thumbnail, warnings: findings.map(({ code, pointer }) => [code, pointer]) };
}
const meta =
  (changes: Record<string, unknown>) =>
  ({ json }: Glb) => {
    const old = (at(json, '/extensions/VRM') as object | undefined) !== undefined;
    for (const [key, value] of Object.entries(changes))
      put(json, `/extensions/${old ? 'VRM' : 'VRMC_vrm'}/meta/${key}`, value);
  };

describe('the licence of a 1.0 file', () => {
  const root = '/extensions/VRMC_vrm/meta';

  test('what it does not say is not allowed, and its uploader is told', async () => {
    const unsaid = {
      avatarPermission: undefined,
      allowRedistribution: undefined,
      modification: undefined,
      creditNotation: undefined,
    };
    const { licence, warnings } = await accept(mira, meta(unsaid));
    expect(licence).toMatchObject({
      avatarPermission: 'onlyAuthor',
      redistribution: false,
      modification: 'prohibited',
      creditRequired: true,
    });
    expect(warnings).toEqual([
      ['permission-only-author', `${root}/avatarPermission`],
      ['redistribution-not-allowed', `${root}/allowRedistribution`],
      ['credit-required', `${root}/creditNotation`],
    ]);
  });

  test('other licences beside it, and a permission of its own', async () => {
    const changes = { avatarPermission: 'onlySeparatelyLicensedPerson', otherLicenseUrl: 'https://me.example/terms' };
    const { warnings } = await accept(mira, meta({ ...changes, thirdPartyLicenses: 'Hair by A' }));
    expect(warnings).toEqual([
      ['other-licence', `${root}/otherLicenseUrl`],
      ['other-licence', `${root}/thirdPartyLicenses`],
      ['permission-separate-licence', `${root}/avatarPermission`],
    ]);
  });

  test('what the guardian must know', async () => {
    const allowed = { allowExcessivelySexualUsage: true, allowPoliticalOrReligiousUsage: true };
    const { licence } = await accept(mira, meta(allowed));
    expect(licence).toMatchObject({
      sexual: true,
      politicalOrReligious: true,
      violence: false,
      antisocialOrHate: false,
    });
  });
});

describe('the licence of a 0.x file, in the words of 1.0', () => {
  const free = { redistribution: true, modification: 'allowModificationRedistribution' };
  const kept = { redistribution: false, modification: 'prohibited', creditRequired: true };
  test.each([
    ['CC0', { ...free, creditRequired: false }, []],
    ['CC_BY_SA', { ...free, creditRequired: true }, ['credit-required']],
    ['CC_BY_ND', { redistribution: true, modification: 'prohibited' }, ['credit-required']],
    ['Redistribution_Prohibited', kept, ['redistribution-not-allowed', 'credit-required']],
    ['Other', kept, ['other-licence', 'redistribution-not-allowed', 'credit-required']],
    ['constructor', kept, ['licence-unknown', 'redistribution-not-allowed', 'credit-required']],
    [undefined, kept, ['redistribution-not-allowed', 'credit-required']],
  ])('%s', async (licenseName, terms, codes) => {
    const { licence, warnings } = await accept(minimalVrm0(), meta({ licenseName }));
    expect(licence).toMatchObject({ ...terms, commercialUsage: 'personalProfit' });
    expect(warnings.map(([code]) => code).filter((code) => /licence|redistribution|credit/.test(code ?? ''))).toEqual(
      codes,
    );
  });

  test('who may perform, in its spelling; no author is no reason to refuse an old file', async () => {
    const { licence, name, warnings } = await accept(
      minimalVrm0(),
      meta({ allowedUserName: 'ExplicitlyLicensedPerson', title: null, author: '' }),
    );
    expect(licence).toMatchObject({ avatarPermission: 'onlySeparatelyLicensedPerson', authors: [] });
    expect(name).toBe('Untitled');
    expect(warnings.map(([code]) => code)).toEqual(
      expect.arrayContaining(['name-missing', 'authors-missing', 'permission-separate-licence']),
    );
  });
});

describe('names are the file’s, and fit to be shown', () => {
  test('without what cannot be seen, on one line, of a sane length', async () => {
    const { name, licence } = await accept(
      mira,
      meta({
        name: ' Mi\u202Era\u0000\n\t<b> ',
        authors: ['', 'é'.normalize('NFD'), '𝕏'.repeat(5_000), ...Array(50).fill('x')],
      }),
    );
    expect(name).toBe('Mira <b>');
    expect(licence.authors).toHaveLength(9);
    expect(licence.authors[0]).toBe('é');
    expect(licence.authors[1]).toBe(`${'𝕏'.repeat(79)}…`);
  });
});

describe('what works, but somebody should know', () => {
  test('no eyes, an unknown bone, no smile', async () => {
    const { warnings } = await accept(mira, ({ json }) => {
      put(json, '/extensions/VRMC_vrm/humanoid/humanBones/leftEye', undefined);
      put(json, '/extensions/VRMC_vrm/humanoid/humanBones/tail', { node: 0 });
      put(json, '/extensions/VRMC_vrm/expressions/preset/happy', {});
    });
    expect(warnings).toEqual([
      ['bone-unknown', '/extensions/VRMC_vrm/humanoid/humanBones/tail/node'],
      ['gaze-missing', '/extensions/VRMC_vrm/humanoid/humanBones'],
      ['expressions-missing', '/extensions/VRMC_vrm/expressions'],
    ]);
  });

  test('70 expressions of one mesh are many for phones; 70 morphs of which few are used are not', async () => {
    const bind = '/extensions/VRMC_vrm/expressions/preset/aa/morphTargetBinds/0';
    const before = await accept(mira, () => undefined);
    const { face } = landmarksOf(mira);
    const many = await accept(mira, ({ json }) => {
      const names = Array.from({ length: 70 }, (_, i) => [`own${i}`, { morphTargetBinds: [at(json, bind)] }]);
      put(json, '/extensions/VRMC_vrm/expressions/custom', Object.fromEntries(names));
    });
    expect(many.warnings).toEqual([['many-morphs', `/meshes/${face}`]]);
    expect(many.budget.morphs).toBeGreaterThan(70);
    expect(many.budget.goodForPhones).toBe(false);
    const stored = await accept(mira, ({ json }) => {
      for (const primitive of at(json, `/meshes/${face}/primitives`) as { targets: unknown[] }[]) {
        primitive.targets.push(...Array.from({ length: 70 }, () => primitive.targets[0]));
      }
    });
    expect(stored.warnings).toEqual([]);
    expect(stored.budget).toMatchObject({ morphs: before.budget.morphs, goodForPhones: true });
  });

  test('textures that a phone cannot hold; a picture without a material costs nothing', async () => {
    const before = await accept(mira, () => undefined);
    const heavy = await accept(mira, (glb) => {
      const [images, textures] = ['/images', '/textures'].map((list) => listAt(glb.json, list).length);
      for (const i of [0, 1, 2, 3]) {
        put(glb.json, '/images/-', { bufferView: addView(glb, pngOf(4_096, 4_096)), mimeType: 'image/png' });
        put(glb.json, '/textures/-', { source: (images ?? 0) + i });
        if (i < 3) put(glb.json, `/materials/${i}/emissiveTexture`, { index: (textures ?? 0) + i });
      }
    });
    expect(heavy.warnings).toEqual([['textures-heavy', '/images']]);
    expect(heavy.budget).toMatchObject({ texturePixelsMax: 4_096, goodForPhones: false });
    expect(heavy.budget.textures - before.budget.textures).toBe(3);
    const mibs = (heavy.budget.textureBytes - before.budget.textureBytes) / 1024 / 1024;
    expect(mibs).toBeCloseTo(3 * 64 * (4 / 3), 3);
  });

  test('normals that are none, hair in the wrong order, a huge thumbnail', async () => {
    const { primitive } = landmarksOf(mira);
    const normals = numberAt(openGlb(mira).json, `${primitive}/attributes/NORMAL`);
    const portrait = numberAt(openGlb(mira).json, '/extensions/VRMC_vrm/meta/thumbnailImage');
    const { warnings, thumbnail } = await accept(mira, (glb) => {
      glb.bin.writeFloatLE(-Infinity, startOf(glb, normals));
      listAt(glb.json, '/extensions/VRMC_springBone/springs/0/joints').reverse();
      const large = Buffer.concat([pngOf(512, 512), Buffer.alloc(1024 * 1024)]);
      put(glb.json, `/images/${portrait}/bufferView`, addView(glb, large));
    });
    expect(warnings).toEqual([
      ['shading-not-finite', `/accessors/${normals}`],
      ['spring-joint-order', '/extensions/VRMC_springBone/springs/0/joints/1'],
      ['thumbnail-too-large', '/extensions/VRMC_vrm/meta/thumbnailImage'],
    ]);
    expect(thumbnail).toBeUndefined();
  });

  test('a mesh that hangs on two nodes counts twice', async () => {
    const once = await accept(mira, () => undefined);
    const twice = await accept(mira, ({ json }) => put(json, '/nodes/-', { mesh: 0 }));
    const corners = (at(openGlb(mira).json, '/meshes/0/primitives') as { indices: number }[]).map(({ indices }) =>
      numberAt(openGlb(mira).json, `/accessors/${indices}/count`),
    );
    expect(twice.budget.triangles - once.budget.triangles).toBe(corners.reduce((sum, count) => sum + count / 3, 0));
  });
});
