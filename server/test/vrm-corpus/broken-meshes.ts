import { addView, at, listAt, put } from './glb-edit.ts';
import { type Mutation, startOf } from './hostile-file.ts';
import type { Landmarks } from './landmarks.ts';

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const meshes = (m: Landmarks): Mutation[] => [
  [
    'no mesh',
    'mesh-missing',
    '/meshes',
    ({ json }) => {
      put(json, '/meshes', []);
      put(
        json,
        '/nodes',
        (at(json, '/nodes') as object[]).map((node) => ({ ...node, mesh: undefined, skin: undefined })),
      );
      put(json, '/extensions/VRMC_vrm/expressions', undefined);
    },
  ],
  [
    'a position that is none',
    'number-not-finite',
    `/accessors/${m.position}`,
    (glb) => glb.bin.writeFloatLE(NaN, startOf(glb, m.position) + 8),
  ],
  [
    'an infinite bind matrix',
    'number-not-finite',
    `/accessors/${m.matrices}`,
    (glb) => glb.bin.writeFloatLE(Infinity, startOf(glb, m.matrices)),
  ],
  [
    'a vertex that is not there',
    'vertex-index-out-of-range',
    `${m.primitive}/indices`,
    (glb) => glb.bin.fill(0xff, startOf(glb, m.indices), startOf(glb, m.indices) + m.indexBytes),
  ],
  [
    'a triangle of two corners',
    'triangle-incomplete',
    `${m.primitive}/indices`,
    (glb) => put(glb.json, `/accessors/${m.indices}/count`, 2),
  ],
  ['points', 'primitive-not-triangles', `${m.primitive}/mode`, ({ json }) => put(json, `${m.primitive}/mode`, 0)],
  [
    'no positions',
    'position-missing',
    `${m.primitive}/attributes`,
    ({ json }) => put(json, `${m.primitive}/attributes/POSITION`, undefined),
  ],
  [
    'matrices for positions',
    'attribute-type',
    `${m.primitive}/attributes/POSITION`,
    ({ json }) => put(json, `${m.primitive}/attributes/POSITION`, m.matrices),
  ],
  [
    'one normal for all',
    'attribute-count',
    `${m.primitive}/attributes/NORMAL`,
    (glb) => {
      const bufferView = addView(glb, Buffer.alloc(12));
      put(glb.json, '/accessors/-', { bufferView, componentType: 5126, count: 1, type: 'VEC3' });
      put(glb.json, `${m.primitive}/attributes/NORMAL`, m.newAccessor);
    },
  ],
  [
    'a material that is not there',
    'index-out-of-range',
    `${m.primitive}/material`,
    ({ json }) => put(json, `${m.primitive}/material`, 99),
  ],
  [
    'a joint that is not there',
    'skin-joint-out-of-range',
    `${m.primitive}/attributes/JOINTS_0`,
    (glb) => glb.bin.writeUInt8(255, startOf(glb, m.joints)),
  ],
  [
    'no weights',
    'skin-weights-missing',
    `${m.primitive}/attributes`,
    ({ json }) => put(json, `${m.primitive}/attributes/WEIGHTS_0`, undefined),
  ],
  [
    'too few bind matrices',
    'skin-matrices',
    '/skins/0/inverseBindMatrices',
    ({ json }) => put(json, `/accessors/${m.matrices}/count`, 2),
  ],
  [
    'a skin without a mesh',
    'skin-without-mesh',
    `/nodes/${m.hips}`,
    ({ json }) => put(json, `/nodes/${m.hips}/skin`, 0),
  ],
  [
    'an animation of the wrong kind',
    'animation-data',
    '/animations/0/channels/0',
    ({ json }) => {
      const channels = [{ sampler: 0, target: { node: 0, path: 'rotation' } }];
      put(json, '/animations', [{ channels, samplers: [{ input: m.position, output: m.position }] }]);
    },
  ],
  [
    '100,000 triangles drawn twice',
    'too-many-triangles',
    '/meshes',
    (glb) => {
      const list = addView(glb, Buffer.alloc(180_000 * 2));
      put(glb.json, '/accessors/-', { bufferView: list, componentType: 5123, count: 180_000, type: 'SCALAR' });
      const primitives = [{ attributes: { POSITION: m.position }, indices: m.newAccessor }];
      put(glb.json, '/meshes/-', { primitives });
      for (let i = 0; i < 2; i += 1) put(glb.json, '/nodes/-', { mesh: m.newMesh });
    },
  ],
];

const trees = (m: Landmarks): Mutation[] => [
  [
    'a bone that is its own grandparent',
    'node-cycle',
    `/nodes/${Math.min(m.hips, m.spine)}`,
    ({ json }) => put(json, `/nodes/${m.spine}/children`, [m.hips]),
  ],
  [
    'a bone with two parents',
    'node-two-parents',
    `/nodes/${m.newNode}/children/0`,
    ({ json }) => put(json, '/nodes/-', { children: [m.spine] }),
  ],
  [
    'a child that is not there',
    'index-out-of-range',
    `/nodes/${m.hips}/children/0`,
    ({ json }) => put(json, `/nodes/${m.hips}/children/0`, 4_000),
  ],
  [
    'a scale of zero',
    'scale-not-positive',
    `/nodes/${m.hips}/scale`,
    ({ json }) => put(json, `/nodes/${m.hips}/scale`, [1, 0, 1]),
  ],
  [
    'a matrix that mirrors',
    'scale-not-positive',
    `/nodes/${m.hips}/matrix`,
    ({ json }) => put(json, `/nodes/${m.hips}/matrix`, [-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
  ],
  ['600 bones', 'too-many-nodes', '/nodes', ({ json }) => listAt(json, '/nodes').push(...many(600, () => ({})))],
  ['no scene', 'scene-missing', '/scene', ({ json }) => put(json, '/scenes', [])],
];

/** Meshes, skins and the tree of nodes. */
export const brokenMeshes = (m: Landmarks): Mutation[] => [...meshes(m), ...trees(m)];
