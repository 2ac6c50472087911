import { type Gltf, parsePart } from './gltf.ts';
import { quoted } from './plain-text.ts';
import { type Reference, tellOutOfRange } from './references.ts';
import { pointerTo, type Report } from './report.ts';
import type { Expression, Meta, Spring, VrmParts } from './vrm-parts.ts';
import { type Expression1, type Meta1, SpringBone1, Vrm1 } from './vrm1-schema.ts';

const root = ['extensions', 'VRMC_vrm'];
const springRoot = ['extensions', 'VRMC_springBone'];
const LICENCE_URL = 'https://vrm.dev/licenses/1.0/';

export function readVrm1(gltf: Gltf, report: Report): VrmParts | undefined {
  const vrm = parsePart(Vrm1, gltf.extensions.VRMC_vrm, root, report);
  const springBone = gltf.extensions.VRMC_springBone;
  const springs = springBone === undefined ? undefined : parsePart(SpringBone1, springBone, springRoot, report);
  if (!vrm || (springBone !== undefined && !springs)) return undefined;
  checkVersion(vrm, gltf, report);
  const thumbnail = vrm.meta.thumbnailImage;
  const expressions = readExpressions(vrm);
  return {
    version: '1.0',
    meta: readMeta(vrm.meta, report),
    bonesAt: [...root, 'humanoid', 'humanBones'],
    bones: Object.entries(vrm.humanoid.humanBones).map(([name, { node }]) => ({
      name,
      node,
      at: [...root, 'humanoid', 'humanBones', name, 'node'],
    })),
    expressionsAt: [...root, 'expressions'],
    expressions: expressions.map(({ expression }) => expression),
    gazeByBones: vrm.lookAt?.type !== 'expression',
    springsAt: springRoot,
    springs: springs ? readSprings(springs, report) : [],
    references: [...expressions.flatMap(({ materials }) => materials), ...(springs ? springNodes(springs) : [])],
    textures: [],
    thumbnail:
      thumbnail === undefined ? undefined : { to: 'images', index: thumbnail, at: [...root, 'meta', 'thumbnailImage'] },
  };
}

function checkVersion({ specVersion }: Vrm1, gltf: Gltf, report: Report): void {
  if (specVersion !== '1.0' && specVersion !== '1.0-beta') {
    const message = `It is VRM ${quoted(specVersion)}; the page knows 1.0 and 0.x. Export it as VRM 1.0.`;
    report.error('vrm-spec-version', message, pointerTo(...root, 'specVersion'));
  }
  if (!gltf.extensionsUsed.includes('VRMC_vrm')) {
    const message = 'It has VRM data, but does not list VRMC_vrm as used, so that programs ignore it. Export it again.';
    report.error('vrm-not-declared', message, '/extensionsUsed');
  }
}

function readExpressions({ expressions }: Vrm1): { expression: Expression; materials: Reference[] }[] {
  return (['preset', 'custom'] as const).flatMap((kind) =>
    Object.entries(expressions[kind]).map(([name, expression]) => readExpression(expression, name, kind)),
  );
}

function readExpression(
  from: Expression1,
  name: string,
  kind: string,
): { expression: Expression; materials: Reference[] } {
  const at = [...root, 'expressions', kind, name];
  const materials = (['materialColorBinds', 'textureTransformBinds'] as const).flatMap((list) =>
    from[list].map(
      ({ material }, i): Reference => ({ to: 'materials', index: material, at: [...at, list, i, 'material'] }),
    ),
  );
  const morphs = from.morphTargetBinds.map(({ node, index, weight }, i) => ({
    on: 'nodes' as const,
    index: node,
    morph: index,
    weight,
    at: [...at, 'morphTargetBinds', i],
  }));
  return { expression: { name, morphs, paints: materials.length }, materials };
}

function readSprings({ colliders, colliderGroups, springs }: SpringBone1, report: Report): Spring[] {
  for (const [g, group] of colliderGroups.entries()) {
    for (const [c, collider] of group.colliders.entries()) {
      if (collider < colliders.length) continue;
      tellOutOfRange(report, 'colliders', collider, colliders.length, [
        ...springRoot,
        'colliderGroups',
        g,
        'colliders',
        c,
      ]);
    }
  }
  return springs.map((spring, s) => {
    const at = [...springRoot, 'springs', s];
    for (const [g, group] of spring.colliderGroups.entries()) {
      if (group < colliderGroups.length) continue;
      tellOutOfRange(report, 'colliderGroups', group, colliderGroups.length, [...at, 'colliderGroups', g]);
    }
    const sizes = spring.colliderGroups.map((group) => colliderGroups[group]?.colliders.length ?? 0);
    const nodes = spring.joints.map(({ node }) => node);
    return { kind: 'chain', nodes, colliders: sizes.reduce((sum, size) => sum + size, 0), at };
  });
}

function springNodes({ colliders, springs }: SpringBone1): Reference[] {
  const node = (index: number | undefined, ...at: (string | number)[]): Reference => ({
    to: 'nodes',
    index,
    at: [...springRoot, ...at],
  });
  return [
    ...colliders.map((collider, c) => node(collider.node, 'colliders', c, 'node')),
    ...springs.flatMap(({ joints, center }, s) => [
      ...joints.map((joint, j) => node(joint.node, 'springs', s, 'joints', j, 'node')),
      node(center, 'springs', s, 'center'),
    ]),
  ];
}

function readMeta(meta: Meta1, report: Report): Meta {
  const at = [...root, 'meta'];
  if (meta.licenseUrl !== LICENCE_URL) {
    const message = `Its licence must be ${LICENCE_URL}, to the letter; it is ${quoted(meta.licenseUrl)}. Choose the VRM licence 1.0 in your editor.`;
    report.error('licence-url', message, pointerTo(...at, 'licenseUrl'));
  }
  for (const key of ['otherLicenseUrl', 'thirdPartyLicenses'] as const) {
    if (meta[key].trim() === '') continue;
    const message = `It names another licence too: ${quoted(meta[key])}. Read it, and publish only if it allows this.`;
    report.warn('other-licence', message, pointerTo(...at, key));
  }
  return {
    name: meta.name,
    authors: meta.authors,
    licence: {
      avatarPermission: meta.avatarPermission,
      commercialUsage: meta.commercialUsage,
      redistribution: meta.allowRedistribution,
      modification: meta.modification,
      creditRequired: meta.creditNotation === 'required',
      violence: meta.allowExcessivelyViolentUsage,
      sexual: meta.allowExcessivelySexualUsage,
      politicalOrReligious: meta.allowPoliticalOrReligiousUsage,
      antisocialOrHate: meta.allowAntisocialOrHateUsage,
    },
    at: {
      meta: at,
      name: [...at, 'name'],
      authors: [...at, 'authors'],
      commercial: [...at, 'commercialUsage'],
      permission: [...at, 'avatarPermission'],
      redistribution: [...at, 'allowRedistribution'],
      credit: [...at, 'creditNotation'],
    },
  };
}
