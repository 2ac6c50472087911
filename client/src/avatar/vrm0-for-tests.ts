type Json = Record<string, unknown>;
type Node = { mesh?: number; children?: number[]; rotation?: number[] };
type Bind = { node: number; index: number; weight: number };
type Vrm1 = {
  humanoid: { humanBones: Record<string, { node: number }> };
  expressions: { preset: Record<string, { morphTargetBinds?: Bind[] }> };
};
type Springs = { springs: { joints: { node: number }[] }[] };

const presets: Record<string, string> = {
  aa: 'a',
  ih: 'i',
  ou: 'u',
  ee: 'e',
  oh: 'o',
  blink: 'blink',
  blinkLeft: 'blink_l',
  blinkRight: 'blink_r',
  happy: 'joy',
  angry: 'angry',
  sad: 'sorrow',
  relaxed: 'fun',
  neutral: 'neutral',
};
const curve = { curve: [0, 0, 0, 1, 1, 1, 1, 0], xRange: 90, yRange: 10 };

/** The avatar of a VRM 1.0 file, written again as a VRM 0.x file: it faces the other way, and everything has other names. */
export function toVrm0(file: ArrayBuffer): ArrayBuffer {
  const view = new DataView(file);
  const jsonBytes = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 20, jsonBytes))) as Json;
  const bin = new Uint8Array(file, 28 + jsonBytes, view.getUint32(20 + jsonBytes, true));
  const extensions = json.extensions as { VRMC_vrm: Vrm1; VRMC_springBone: Springs };
  const nodes = json.nodes as Node[];
  const scene = (json.scenes as { nodes: number[] }[])[0];
  nodes.push({ children: scene?.nodes ?? [], rotation: [0, 1, 0, 0] });
  json.scenes = [{ nodes: [nodes.length - 1] }];
  json.extensions = { VRM: vrm0(extensions.VRMC_vrm, extensions.VRMC_springBone, nodes, json.materials as Json[]) };
  for (const material of json.materials as Json[]) delete material.extensions;
  json.extensionsUsed = ['VRM'];
  return glb(json, bin);
}

function vrm0({ humanoid, expressions }: Vrm1, { springs }: Springs, nodes: Node[], materials: Json[]): Json {
  const boneOf = (name: string) => humanoid.humanBones[name]?.node ?? -1;
  const groups = Object.entries(presets).flatMap(([name, presetName]) => {
    const binds = expressions.preset[name]?.morphTargetBinds ?? [];
    const old = binds.map(({ node, index, weight }) => ({ mesh: nodes[node]?.mesh, index, weight: weight * 100 }));
    return { name: presetName, presetName, binds: old, materialValues: [], isBinary: false };
  });
  return {
    exporterVersion: 'tests',
    specVersion: '0.0',
    meta: { title: 'Old', version: '1', author: 'Tests', allowedUserName: 'Everyone', licenseName: 'CC0' },
    humanoid: {
      humanBones: Object.entries(humanoid.humanBones).map(([bone, { node }]) => ({ bone: oldName(bone), node })),
    },
    firstPerson: {
      firstPersonBone: boneOf('head'),
      firstPersonBoneOffset: { x: 0, y: 0.06, z: 0 },
      lookAtTypeName: 'Bone',
      lookAtHorizontalInner: curve,
      lookAtHorizontalOuter: curve,
      lookAtVerticalDown: curve,
      lookAtVerticalUp: curve,
    },
    blendShapeMaster: { blendShapeGroups: groups },
    secondaryAnimation: {
      boneGroups: springs.map(({ joints }) => ({
        stiffiness: 0.8,
        gravityPower: 0.1,
        gravityDir: { x: 0, y: -1, z: 0 },
        dragForce: 0.4,
        center: -1,
        hitRadius: 0.02,
        bones: joints.slice(0, 1).map(({ node }) => node),
        colliderGroups: [],
      })),
      colliderGroups: [],
    },
    materialProperties: materials.map(({ name }) => ({ name, shader: 'VRM_USE_GLTFSHADER' })),
  };
}

const oldName = (bone: string): string =>
  bone.replace('ThumbProximal', 'ThumbIntermediate').replace('ThumbMetacarpal', 'ThumbProximal');

function glb(json: Json, bin: Uint8Array): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const jsonBytes = Math.ceil(text.length / 4) * 4;
  const file = new ArrayBuffer(28 + jsonBytes + bin.length);
  const [view, bytes] = [new DataView(file), new Uint8Array(file)];
  const words = [0x46546c67, 2, file.byteLength, jsonBytes, 0x4e4f534a];
  for (const [at, word] of words.entries()) view.setUint32(at * 4, word, true);
  bytes.fill(0x20, 20, 20 + jsonBytes);
  bytes.set(text, 20);
  view.setUint32(20 + jsonBytes, bin.length, true);
  view.setUint32(24 + jsonBytes, 0x004e4942, true);
  bytes.set(bin, 28 + jsonBytes);
  return file;
}
