import { closeGlb } from './glb-edit.ts';

const sides = ['left', 'right'];
const chains = [
  ['hips', 'spine', 'head'],
  ...sides.map((side) => ['spine', `${side}UpperArm`, `${side}LowerArm`, `${side}Hand`]),
  ...sides.map((side) => ['hips', `${side}UpperLeg`, `${side}LowerLeg`, `${side}Foot`]),
];

/** The fifteen bones that a body must have, and one triangle with a morph. */
function body() {
  const names = [...new Set(chains.flat())];
  const nodes: { name: string; children: number[]; translation?: number[]; mesh?: number }[] = names.map((name) => ({
    name,
    children: [],
    translation: [0, 0.1, 0],
  }));
  for (const chain of chains) {
    for (const [i, name] of chain.entries()) {
      const parent = nodes[names.indexOf(chain[i - 1] ?? '')];
      if (parent && !parent.children.includes(names.indexOf(name))) parent.children.push(names.indexOf(name));
    }
  }
  nodes.push({ name: 'face', children: [], mesh: 0 });
  const corners = [0, 0, 0, 1, 0, 0, 0, 1, 0];
  const bin = Buffer.alloc(72);
  for (const [i, value] of [...corners, ...corners].entries()) bin.writeFloatLE(value, i * 4);
  const vectors = (bufferView: number) => ({ bufferView, componentType: 5126, count: 3, type: 'VEC3' });
  const gltf = {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [names.indexOf('hips'), nodes.length - 1] }],
    nodes: nodes.map(({ children, ...node }) => (children.length > 0 ? { ...node, children } : node)),
    buffers: [{ byteLength: bin.length }],
    bufferViews: [0, 36].map((byteOffset) => ({ buffer: 0, byteOffset, byteLength: 36 })),
    accessors: [{ ...vectors(0), min: [0, 0, 0], max: [1, 1, 0] }, vectors(1)],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, targets: [{ POSITION: 1 }] }] }],
  };
  return { names, gltf, bin };
}

/** The least that VRM 1.0 asks for, with a licence that allows a twin. */
export function minimalVrm1(): Buffer {
  const { names, gltf, bin } = body();
  const vrm = {
    specVersion: '1.0',
    meta: {
      name: 'Least',
      authors: ['Somebody'],
      licenseUrl: 'https://vrm.dev/licenses/1.0/',
      avatarPermission: 'everyone',
      commercialUsage: 'personalProfit',
      allowRedistribution: true,
      creditNotation: 'unnecessary',
    },
    humanoid: { humanBones: Object.fromEntries(names.map((name, node) => [name, { node }])) },
    expressions: { preset: { aa: { morphTargetBinds: [{ node: names.length, index: 0, weight: 1 }] } } },
  };
  return closeGlb({ json: { ...gltf, extensionsUsed: ['VRMC_vrm'], extensions: { VRMC_vrm: vrm } }, bin });
}

/** The same as VRM 0.x, with what its exporters usually write for nothing. */
export function minimalVrm0(): Buffer {
  const { names, gltf, bin } = body();
  const vrm = {
    exporterVersion: 'by hand',
    specVersion: '0.0',
    meta: {
      title: 'Least of old',
      author: 'Somebody',
      texture: -1,
      allowedUserName: 'Everyone',
      violentUssageName: 'Allow',
      sexualUssageName: 'Disallow',
      commercialUssageName: 'Allow',
      otherPermissionUrl: '',
      licenseName: 'CC_BY',
      otherLicenseUrl: '',
    },
    humanoid: { humanBones: names.map((bone, node) => ({ bone, node, useDefaultValues: true })) },
    firstPerson: { firstPersonBone: -1, lookAtTypeName: 'Bone', meshAnnotations: [] },
    blendShapeMaster: {
      blendShapeGroups: [
        { name: 'A', presetName: 'a', binds: [{ mesh: 0, index: 0, weight: 100 }], materialValues: [] },
        { name: 'Joy', presetName: 'joy', binds: [], materialValues: [] },
      ],
    },
    secondaryAnimation: {
      boneGroups: [{ stiffiness: 1, gravityDir: { x: 0, y: -1, z: 0 }, center: -1, bones: [2], colliderGroups: [0] }],
      colliderGroups: [{ node: 1, colliders: [{ offset: { x: 0, y: 0, z: 0 }, radius: 0.1 }] }],
    },
    materialProperties: [],
  };
  return closeGlb({ json: { ...gltf, extensionsUsed: ['VRM'], extensions: { VRM: vrm } }, bin });
}
