import { at, listAt, put } from './glb-edit.ts';
import { type Landmarks, landmarksOf } from './landmarks.ts';
import { type HostileFile, type Mutation, mutate } from './hostile-file.ts';

const vrm = '/extensions/VRMC_vrm';
const bones = `${vrm}/humanoid/humanBones`;
const springs = '/extensions/VRMC_springBone';
const bind = `${vrm}/expressions/preset/aa/morphTargetBinds/0`;
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const constraint = (source: number) => ({
  VRMC_node_constraint: { specVersion: '1.0', constraint: { rotation: { source } } },
});

const avatars = (m: Landmarks): Mutation[] => [
  ['no VRM', 'vrm-missing', '/extensions', ({ json }) => put(json, vrm, undefined)],
  ['VRM 1.0 and 0.x', 'vrm-twice', '/extensions', ({ json }) => put(json, '/extensions/VRM', {})],
  ['VRM 2.0', 'vrm-spec-version', `${vrm}/specVersion`, ({ json }) => put(json, `${vrm}/specVersion`, '2.0')],
  [
    'VRM that is not declared',
    'vrm-not-declared',
    '/extensionsUsed',
    ({ json }) => put(json, '/extensionsUsed', ['KHR_materials_unlit']),
  ],
  ['a list for a body', 'json-shape', bones, ({ json }) => put(json, bones, [])],
  ['no head', 'bone-missing', bones, ({ json }) => put(json, `${bones}/head`, undefined)],
  [
    'a hand that is not there',
    'index-out-of-range',
    `${bones}/leftHand/node`,
    ({ json }) => put(json, `${bones}/leftHand/node`, 400),
  ],
  [
    'one hand for two',
    'bone-shared-node',
    `${bones}/rightHand/node`,
    ({ json }) => put(json, `${bones}/rightHand/node`, at(json, `${bones}/leftHand/node`)),
  ],
  [
    'a jaw beside the body',
    'bone-order',
    `${bones}/jaw/node`,
    ({ json }) => {
      put(json, '/nodes/-', {});
      put(json, '/scenes/0/nodes/-', m.newNode);
      put(json, `${bones}/jaw`, { node: m.newNode });
    },
  ],
  [
    'a body outside the scene',
    'bone-outside-scene',
    `${bones}/hips/node`,
    ({ json }) => put(json, '/scenes/0/nodes', []),
  ],
  ['a face that is not there', 'index-out-of-range', `${bind}/node`, ({ json }) => put(json, `${bind}/node`, 400)],
  [
    'a morph that is not there',
    'expression-morph-out-of-range',
    `${bind}/index`,
    ({ json }) => put(json, `${bind}/index`, 400),
  ],
  [
    'a smile without materials',
    'index-out-of-range',
    `${vrm}/expressions/preset/happy/materialColorBinds/0/material`,
    ({ json }) => {
      const binds = [{ material: 50, type: 'color', targetValue: [1, 1, 1, 1] }];
      put(json, `${vrm}/expressions/preset/happy/materialColorBinds`, binds);
    },
  ],
  [
    '250 expressions of one mesh',
    'too-many-morphs',
    `/meshes/${m.face}`,
    ({ json }) => {
      const own = many(240, (i) => [`own${i}`, { morphTargetBinds: [at(json, bind)] }]);
      put(json, `${vrm}/expressions/custom`, Object.fromEntries(own));
    },
  ],
  [
    '415 morphs that nothing moves',
    'too-many-morphs',
    `/meshes/${m.still}`,
    ({ json }) => {
      const target = { POSITION: at(json, `/meshes/${m.still}/primitives/0/attributes/POSITION`) };
      put(
        json,
        '/meshes/0/primitives/0/targets',
        many(415, () => target),
      );
    },
  ],
  [
    '5,000 morphs in one expression',
    'too-many-binds',
    `${vrm}/expressions`,
    ({ json }) =>
      put(
        json,
        `${vrm}/expressions/preset/aa/morphTargetBinds`,
        many(5_000, () => at(json, bind)),
      ),
  ],
  [
    'hair on nothing',
    'index-out-of-range',
    `${springs}/springs/0/joints/0/node`,
    ({ json }) => put(json, `${springs}/springs/0/joints/0/node`, 400),
  ],
  [
    'a collider on nothing',
    'index-out-of-range',
    `${springs}/colliders/0/node`,
    ({ json }) => put(json, `${springs}/colliders/0/node`, 400),
  ],
  [
    'a collider that is not there',
    'index-out-of-range',
    `${springs}/colliderGroups/0/colliders/0`,
    ({ json }) => put(json, `${springs}/colliderGroups/0/colliders/0`, 400),
  ],
  [
    'a group that is not there',
    'index-out-of-range',
    `${springs}/springs/0/colliderGroups/0`,
    ({ json }) => put(json, `${springs}/springs/0/colliderGroups/0`, 400),
  ],
  [
    'hair that swings a million times',
    'springs-too-heavy',
    springs,
    ({ json }) => {
      const joints = listAt(json, `${springs}/springs/0/joints`);
      put(
        json,
        `${springs}/colliderGroups/0/colliders`,
        many(1_000, () => 0),
      );
      put(
        json,
        `${springs}/springs`,
        many(100, () => ({ joints, colliderGroups: [0] })),
      );
    },
  ],
  [
    'a constraint on nothing',
    'index-out-of-range',
    `/nodes/${m.hands[0]}/extensions/VRMC_node_constraint/constraint/rotation/source`,
    ({ json }) => put(json, `/nodes/${m.hands[0]}/extensions`, constraint(400)),
  ],
  [
    'constraints in a circle',
    'constraint-cycle',
    `/nodes/${m.hands[0]}/extensions/VRMC_node_constraint`,
    ({ json }) => {
      put(json, `/nodes/${m.hands[0]}/extensions`, constraint(m.hands[1] ?? -1));
      put(json, `/nodes/${m.hands[1]}/extensions`, constraint(m.hands[0] ?? -1));
    },
  ],
  [
    'MToon of another version',
    'json-shape',
    `/materials/${m.toon}/extensions/VRMC_materials_mtoon/specVersion`,
    ({ json }) => put(json, `/materials/${m.toon}/extensions/VRMC_materials_mtoon/specVersion`, '9'),
  ],
  [
    'a portrait that is not there',
    'index-out-of-range',
    `${vrm}/meta/thumbnailImage`,
    ({ json }) => put(json, `${vrm}/meta/thumbnailImage`, 9),
  ],
  ['no name', 'name-missing', `${vrm}/meta/name`, ({ json }) => put(json, `${vrm}/meta/name`, ' \u200b ')],
  ['nobody made it', 'authors-missing', `${vrm}/meta/authors`, ({ json }) => put(json, `${vrm}/meta/authors`, [])],
  [
    'a licence of its own',
    'licence-url',
    `${vrm}/meta/licenseUrl`,
    ({ json }) => put(json, `${vrm}/meta/licenseUrl`, 'https://vrm.dev/licenses/1.0'),
  ],
  [
    'not for profit',
    'commercial-not-allowed',
    `${vrm}/meta/commercialUsage`,
    ({ json }) => put(json, `${vrm}/meta/commercialUsage`, 'personalNonProfit'),
  ],
  [
    'nothing said of profit',
    'commercial-not-allowed',
    `${vrm}/meta/commercialUsage`,
    ({ json }) => put(json, `${vrm}/meta/commercialUsage`, undefined),
  ],
];

const old = '/extensions/VRM';
const oldAvatars: Mutation[] = [
  [
    '0.x: no hips',
    'bone-missing',
    `${old}/humanoid/humanBones`,
    ({ json }) => put(json, `${old}/humanoid/humanBones/0/node`, -1),
  ],
  [
    '0.x: a head twice',
    'bone-twice',
    `${old}/humanoid/humanBones/15/node`,
    ({ json }) => put(json, `${old}/humanoid/humanBones/-`, { bone: 'head', node: 15 }),
  ],
  [
    '0.x: a mesh that is not there',
    'index-out-of-range',
    `${old}/blendShapeMaster/blendShapeGroups/0/binds/0/mesh`,
    ({ json }) => put(json, `${old}/blendShapeMaster/blendShapeGroups/0/binds/0/mesh`, 5),
  ],
  [
    '0.x: a morph that is not there',
    'expression-morph-out-of-range',
    `${old}/blendShapeMaster/blendShapeGroups/0/binds/0/index`,
    ({ json }) => put(json, `${old}/blendShapeMaster/blendShapeGroups/0/binds/0/index`, 5),
  ],
  [
    '0.x: hair on nothing',
    'index-out-of-range',
    `${old}/secondaryAnimation/boneGroups/0/bones/0`,
    ({ json }) => put(json, `${old}/secondaryAnimation/boneGroups/0/bones`, [99]),
  ],
  [
    '0.x: the body swings a thousand times',
    'springs-too-heavy',
    `${old}/secondaryAnimation`,
    ({ json }) =>
      put(
        json,
        `${old}/secondaryAnimation/boneGroups/0/bones`,
        many(1_000, () => 0),
      ),
  ],
  [
    '0.x: a texture that is not there',
    'index-out-of-range',
    `${old}/materialProperties/0/textureProperties/_MainTex`,
    ({ json }) => put(json, `${old}/materialProperties`, [{ shader: 'VRM/MToon', textureProperties: { _MainTex: 3 } }]),
  ],
  [
    '0.x: no commerce',
    'commercial-not-allowed',
    `${old}/meta/commercialUssageName`,
    ({ json }) => put(json, `${old}/meta/commercialUssageName`, 'Disallow'),
  ],
  [
    '0.x: a non-commercial licence',
    'commercial-not-allowed',
    `${old}/meta/licenseName`,
    ({ json }) => put(json, `${old}/meta/licenseName`, 'CC_BY_NC'),
  ],
];

/** Files that are a sound model, but no avatar that a twin may wear. */
export const brokenAvatars = (good: Uint8Array): HostileFile[] => mutate(good, avatars(landmarksOf(good)));
/** The same, made from a 0.x file. */
export const brokenOldAvatars = (good: Uint8Array): HostileFile[] => mutate(good, oldAvatars);
