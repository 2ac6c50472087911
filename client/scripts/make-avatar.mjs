// Writes our own avatar: node client/scripts/make-avatar.mjs [file]. The same source gives the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeBody } from './avatar/body.mjs';
import { makeClothes } from './avatar/clothes.mjs';
import { eyePoses, makeEyeballs, makeLids, makeLines, restEyes } from './avatar/eyes.mjs';
import { GlbWriter } from './avatar/glb.mjs';
import { makeHair } from './avatar/hair.mjs';
import { makeHead } from './avatar/head.mjs';
import { makeMouth, makeNose, mouthPoses, restMouth } from './avatar/mouth.mjs';
import { drawPalette, uvOf } from './avatar/palette.mjs';
import { encodePng } from './avatar/png.mjs';
import { boneIndex, bones, placeOf } from './avatar/skeleton.mjs';
import { join, sub } from './avatar/surface.mjs';
import { drawThumbnail } from './avatar/thumbnail.mjs';
import { materials, vrmExtensions } from './avatar/vrm.mjs';

const round = (value) => Math.round(value * 1e5) / 1e5 + 0;
const eyesIn = (pose) => ({ lids: makeLids(...pose), lines: makeLines(...pose) });
const mouthIn = (pose) => ({ lines: makeMouth({ ...restMouth, ...pose }) });
const allPoses = (poses, make) => Object.entries(poses).map(([name, pose]) => [name, make(pose)]);

/** Meshes with their parts by material. `moves`: the same parts in other poses, by the name of the morph target. */
const figure = [
  { name: 'Body', parts: { skin: makeBody(), clothes: makeClothes() }, firstPerson: 'both' },
  { name: 'Head', parts: { skin: makeHead(), lines: join([makeNose(), makeEyeballs()]) } },
  { name: 'Eyes', parts: eyesIn([restEyes, restEyes]), moves: allPoses(eyePoses, eyesIn) },
  { name: 'Mouth', parts: mouthIn({}), moves: allPoses(mouthPoses, mouthIn) },
  { name: 'Hair', parts: { hair: makeHair() } },
];

/** Up to four bones per vertex, as bytes that add up to 255. */
function packSkin(skin) {
  const strongest = [...skin].sort(([, a], [, b]) => b - a).slice(0, 4);
  const total = strongest.reduce((sum, [, weight]) => sum + weight, 0);
  const weights = strongest.map(([, weight]) => Math.round((weight / total) * 255));
  weights[0] += 255 - weights.reduce((sum, weight) => sum + weight, 0);
  const joints = strongest.map(([bone], at) => (weights[at] > 0 ? boneIndex.get(bone) : 0));
  return { joints: fourOf(joints), weights: fourOf(weights) };
}

const fourOf = (list) => [...list, 0, 0, 0, 0].slice(0, 4);

function addPrimitive(glb, part, material, moves) {
  const skins = part.skin.map(packSkin);
  const targets = moves?.map((moved) => ({
    POSITION: glb.sparse(moved.positions.map((point, at) => sub(point, part.positions[at]))),
  }));
  return {
    attributes: {
      POSITION: glb.floats(part.positions, 'VEC3', { bounds: true }),
      NORMAL: glb.floats(part.normals, 'VEC3'),
      TEXCOORD_0: glb.places(part.paint.map(([ramp, place]) => uvOf(ramp, place))),
      JOINTS_0: glb.bytes(skins.map(({ joints }) => joints)),
      WEIGHTS_0: glb.bytes(
        skins.map(({ weights }) => weights),
        true,
      ),
    },
    indices: glb.indices(part.indices),
    material: materials.findIndex(({ name }) => name === material),
    ...(targets && { targets }),
  };
}

function addMesh(glb, { name, parts, moves }) {
  const primitives = Object.entries(parts).map(([material, part]) =>
    addPrimitive(
      glb,
      part,
      material,
      moves?.map(([, moved]) => moved[material]),
    ),
  );
  const targetNames = moves?.map(([target]) => target);
  return glb.json.meshes.push({ name, primitives, ...(targetNames && { extras: { targetNames } }) }) - 1;
}

function addImage(glb, { width, height, rgb }, name) {
  const bufferView = glb.view(encodePng(width, height, rgb));
  return glb.json.images.push({ name, mimeType: 'image/png', bufferView }) - 1;
}

function boneNode([name, parent, place]) {
  const children = bones.flatMap(([, from], index) => (from === name ? [index] : []));
  const translation = (parent ? sub(place, placeOf(parent)) : place).map(round);
  return { name, translation, ...(children.length > 0 && { children }) };
}

function addSkin(glb) {
  const inverse = bones.map(([, , [x, y, z]]) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1]);
  const inverseBindMatrices = glb.floats(inverse, 'MAT4', { target: undefined });
  glb.json.skins = [{ joints: bones.map((_, index) => index), inverseBindMatrices, skeleton: 0 }];
}

function makeAvatar() {
  const glb = new GlbWriter();
  const firstMesh = bones.length;
  const clamped = { magFilter: 9729, minFilter: 9729, wrapS: 33071, wrapT: 33071 };
  Object.assign(glb.json, { scene: 0, meshes: [], images: [], materials, samplers: [clamped] });
  addSkin(glb);
  const meshNodes = figure.map((mesh) => ({ name: mesh.name, mesh: addMesh(glb, mesh), skin: 0 }));
  glb.json.nodes = [...bones.map(boneNode), ...meshNodes];
  glb.json.scenes = [{ name: 'Mira', nodes: [0, ...figure.map((_, at) => firstMesh + at)] }];
  glb.json.textures = [{ source: addImage(glb, drawPalette(), 'palette'), sampler: 0 }];
  const portrait = drawThumbnail(figure.flatMap(({ parts }) => Object.values(parts)));

  glb.json.extensionsUsed = ['KHR_materials_unlit', 'VRMC_materials_mtoon', 'VRMC_vrm', 'VRMC_springBone'];
  glb.json.extensions = vrmExtensions({
    node: (bone) => boneIndex.get(bone),
    targetsOf: (name) =>
      figure.flatMap(({ moves = [] }, at) => {
        const index = moves.findIndex(([target]) => target === name);
        return index < 0 ? [] : [{ node: firstMesh + at, index }];
      }),
    thumbnailImage: addImage(glb, portrait, 'thumbnail'),
    annotations: figure.map(({ firstPerson = 'thirdPersonOnly' }, at) => ({ node: firstMesh + at, type: firstPerson })),
    eyeHeight: round(placeOf('leftEye')[1] - placeOf('head')[1]),
  });
  return glb.end();
}

const file = process.argv[2] ?? fileURLToPath(new URL('../public/avatars/mira.vrm', import.meta.url));
const bytes = makeAvatar();
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, bytes);
process.stdout.write(`${file}: ${bytes.length} bytes\n`);
