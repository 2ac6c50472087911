import type { Gltf } from './gltf.ts';
import { parsePart } from './gltf.ts';
import { type Reference, tellOutOfRange } from './references.ts';
import type { Report } from './report.ts';
import type { Expression, MorphBind, Spring, VrmParts } from './vrm-parts.ts';
import { readMeta0 } from './vrm0-meta.ts';
import { type Group0, Vrm0 } from './vrm0-schema.ts';

const root = ['extensions', 'VRM'];

/** What 0.x calls the presets of 1.0. */
const presets: Record<string, string> = {
  a: 'aa',
  i: 'ih',
  u: 'ou',
  e: 'ee',
  o: 'oh',
  blink: 'blink',
  blink_l: 'blinkLeft',
  blink_r: 'blinkRight',
  joy: 'happy',
  angry: 'angry',
  sorrow: 'sad',
  fun: 'relaxed',
  neutral: 'neutral',
};

export function readVrm0(gltf: Gltf, report: Report): VrmParts | undefined {
  const vrm = parsePart(Vrm0, gltf.extensions.VRM, root, report);
  if (!vrm) return undefined;
  const thumbnail = thumbnailOf(gltf, vrm);
  return {
    version: '0.x',
    meta: readMeta0(vrm.meta, report),
    bonesAt: [...root, 'humanoid', 'humanBones'],
    bones: vrm.humanoid.humanBones.flatMap(({ bone, node }, i) =>
      node === undefined ? [] : [{ name: bone, node, at: [...root, 'humanoid', 'humanBones', i, 'node'] }],
    ),
    expressionsAt: [...root, 'blendShapeMaster', 'blendShapeGroups'],
    expressions: (vrm.blendShapeMaster?.blendShapeGroups ?? []).map(readGroup),
    gazeByBones: vrm.firstPerson?.lookAtTypeName !== 'BlendShape',
    springsAt: [...root, 'secondaryAnimation'],
    springs: readSprings(vrm, report),
    references: springNodes(vrm),
    textures: (vrm.materialProperties ?? []).flatMap(({ textureProperties }, i) =>
      Object.entries(textureProperties ?? {}).map(
        ([name, index]): Reference => ({
          to: 'textures',
          index,
          at: [...root, 'materialProperties', i, 'textureProperties', name],
        }),
      ),
    ),
    thumbnail,
  };
}

/** Of the texture that the meta names, the image; a wrong texture is told as such. */
function thumbnailOf(gltf: Gltf, { meta }: Vrm0): Reference | undefined {
  const at = [...root, 'meta', 'texture'];
  if (meta.texture === undefined) return undefined;
  const texture = gltf.textures[meta.texture];
  return texture ? { to: 'images', index: texture.source, at } : { to: 'textures', index: meta.texture, at };
}

function readGroup({ name, presetName, binds, materialValues }: Group0, g: number): Expression {
  const preset = presetName?.toLowerCase() ?? '';
  const morphs = (binds ?? []).flatMap(({ mesh, index, weight }, b): MorphBind[] => {
    if (mesh === undefined || index === undefined) return []; // loaders pass over it
    const at = [...root, 'blendShapeMaster', 'blendShapeGroups', g, 'binds', b];
    return [{ on: 'meshes', index: mesh, morph: index, weight, at }];
  });
  const known = Object.hasOwn(presets, preset) ? presets[preset] : undefined;
  return { name: known ?? name ?? '', morphs, paints: materialValues?.length ?? 0 };
}

function readSprings({ secondaryAnimation }: Vrm0, report: Report): Spring[] {
  const groups = secondaryAnimation?.colliderGroups ?? [];
  return (secondaryAnimation?.boneGroups ?? []).map(({ bones, colliderGroups }, s) => {
    const at = [...root, 'secondaryAnimation', 'boneGroups', s];
    let colliders = 0;
    for (const [g, group] of (colliderGroups ?? []).entries()) {
      if (group >= groups.length)
        tellOutOfRange(report, 'colliderGroups', group, groups.length, [...at, 'colliderGroups', g]);
      colliders += groups[group]?.colliders?.length ?? 0;
    }
    return { kind: 'trees', nodes: bones ?? [], colliders, at };
  });
}

function springNodes({ secondaryAnimation }: Vrm0): Reference[] {
  const node = (index: number | undefined, ...at: (string | number)[]): Reference => ({
    to: 'nodes',
    index,
    at: [...root, 'secondaryAnimation', ...at],
  });
  return [
    ...(secondaryAnimation?.colliderGroups ?? []).map((group, g) => node(group.node, 'colliderGroups', g, 'node')),
    ...(secondaryAnimation?.boneGroups ?? []).flatMap(({ bones, center }, s) => [
      ...(bones ?? []).map((bone, b) => node(bone, 'boneGroups', s, 'bones', b)),
      node(center, 'boneGroups', s, 'center'),
    ]),
  ];
}
