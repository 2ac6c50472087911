import { numberAt, openGlb } from './glb-edit.ts';

type Gltf = {
  nodes: { children?: number[]; mesh?: number }[];
  meshes: { primitives: Primitive[] }[];
  accessors: { bufferView: number; componentType: number }[];
  materials: { extensions?: { VRMC_materials_mtoon?: { shadeMultiplyTexture?: unknown } } }[];
  skins: { inverseBindMatrices: number }[];
  extensionsUsed: string[];
};
type Primitive = { attributes: Record<string, number>; indices?: number; targets?: unknown[] };

/** Where the parts of a good VRM 1.0 file are that mutations need. Throws where it has them not. */
export function landmarksOf(good: Uint8Array) {
  const { json } = openGlb(good);
  const gltf = json as Gltf;
  const vrm = '/extensions/VRMC_vrm';
  const bone = (name: string): number => numberAt(json, `${vrm}/humanoid/humanBones/${name}/node`);
  const skinned = find(gltf.meshes, ({ primitives: [first] }) => first?.attributes.JOINTS_0 !== undefined);
  const [primitive] = gltf.meshes[skinned]?.primitives ?? [];
  const [skin] = gltf.skins;
  if (!primitive || primitive.indices === undefined || !skin) throw new Error('no skinned mesh with indices');
  return {
    hips: bone('hips'),
    spine: bone('spine'),
    hands: [bone('leftHand'), bone('rightHand')].sort((a, b) => a - b),
    newNode: gltf.nodes.length,
    newMesh: gltf.meshes.length,
    newAccessor: gltf.accessors.length,
    newExtension: gltf.extensionsUsed.length,
    primitive: `/meshes/${skinned}/primitives/0`,
    position: primitive.attributes.POSITION ?? -1,
    joints: primitive.attributes.JOINTS_0 ?? -1,
    indices: primitive.indices,
    indexBytes: { 5121: 1, 5123: 2, 5125: 4 }[gltf.accessors[primitive.indices]?.componentType ?? 0] ?? 0,
    matrices: skin.inverseBindMatrices,
    matricesView: gltf.accessors[skin.inverseBindMatrices]?.bufferView ?? -1,
    toon: find(
      gltf.materials,
      (material) => material.extensions?.VRMC_materials_mtoon?.shadeMultiplyTexture !== undefined,
    ),
    /** No morphs, and one that `aa` moves. */
    still: find(gltf.meshes, ({ primitives }) => primitives.every(({ targets = [] }) => targets.length === 0)),
    face: gltf.nodes[numberAt(json, `${vrm}/expressions/preset/aa/morphTargetBinds/0/node`)]?.mesh ?? -1,
  };
}
export type Landmarks = ReturnType<typeof landmarksOf>;

function find<T>(list: readonly T[], fits: (entry: T) => boolean): number {
  const found = list.findIndex(fits);
  if (found < 0) throw new Error('the file lacks a part that is to be broken');
  return found;
}
