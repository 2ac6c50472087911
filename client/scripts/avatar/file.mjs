// A figure as the bytes of a VRM 1.0 file.
import { GlbWriter } from './glb.mjs';
import { makeMaterials } from './materials.mjs';
import { sub } from './math.mjs';
import { encodePng } from './png.mjs';
import { collidersOf, vrmExtensions } from './vrm.mjs';

const round = (value) => Math.round(value * 1e5) / 1e5 + 0;
const fourOf = (list) => [...list, 0, 0, 0, 0].slice(0, 4);

/** Up to four bones per vertex, as bytes that add up to 255. */
function packSkin(skin, indexOf) {
  const strongest = [...skin].sort(([, a], [, b]) => b - a).slice(0, 4);
  const total = strongest.reduce((sum, [, weight]) => sum + weight, 0);
  const weights = strongest.map(([, weight]) => Math.round((weight / total) * 255));
  weights[0] += 255 - weights.reduce((sum, weight) => sum + weight, 0);
  const joints = strongest.map(([bone], at) => (weights[at] > 0 ? indexOf.get(bone) : 0));
  return { joints: fourOf(joints), weights: fourOf(weights) };
}

function addPrimitive(glb, part, { material, indexOf, moves }) {
  const skins = part.skin.map((skin) => packSkin(skin, indexOf));
  const targets = moves?.map((moved) => ({
    POSITION: glb.sparse(moved.positions.map((point, at) => sub(point, part.positions[at]))),
  }));
  const joints = skins.map((skin) => skin.joints);
  const weights = skins.map((skin) => skin.weights);
  return {
    attributes: {
      POSITION: glb.floats(part.positions, 'VEC3', { bounds: true }),
      NORMAL: glb.floats(part.normals, 'VEC3'),
      TEXCOORD_0: glb.places(part.uvs),
      JOINTS_0: glb.bytes(joints),
      WEIGHTS_0: glb.bytes(weights, true),
    },
    indices: glb.indices(part.indices),
    material,
    ...(targets && { targets }),
  };
}

function addMesh(glb, { name, parts, moves }, indexOf) {
  const primitives = Object.entries(parts).map(([material, part]) =>
    addPrimitive(glb, part, {
      material: glb.json.materials.findIndex((one) => one.name === material),
      indexOf,
      moves: moves?.map(([, moved]) => moved[material]),
    }),
  );
  const targetNames = moves?.map(([target]) => target);
  return glb.json.meshes.push({ name, primitives, ...(targetNames && { extras: { targetNames } }) }) - 1;
}

function addImage(glb, png, name) {
  return glb.json.images.push({ name, mimeType: 'image/png', bufferView: glb.view(png) }) - 1;
}

function addTextures(glb, pictures) {
  return Object.fromEntries(
    Object.entries(pictures).map(([name, picture]) => [
      name,
      glb.json.textures.push({ source: addImage(glb, encodePng(picture), name), sampler: name === 'palette' ? 0 : 1 }) -
        1,
    ]),
  );
}

function addBones(glb, { bones, indexOf }) {
  const nodes = bones.map(([name, parent, place]) => {
    const children = bones.flatMap(([, from], index) => (from === name ? [index] : []));
    const translation = (parent ? sub(place, bones[indexOf.get(parent)][2]) : place).map(round);
    return { name, translation, ...(children.length > 0 && { children }) };
  });
  const inverse = bones.map(([, , [x, y, z]]) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1]);
  const inverseBindMatrices = glb.floats(inverse, 'MAT4', { target: null });
  glb.json.skins = [{ joints: bones.map((_, index) => index), inverseBindMatrices, skeleton: 0 }];
  return nodes;
}

const clamped = { wrapS: 33071, wrapT: 33071 };

/** `thumbnail`: a PNG, if there is one. */
export function writeVrm(person, { meshes, skeleton, chains, face, pictures }, thumbnail) {
  const glb = new GlbWriter();
  const { indexOf, placeOf } = skeleton;
  const samplers = [
    { magFilter: 9729, minFilter: 9729, ...clamped },
    { magFilter: 9729, minFilter: 9987, ...clamped },
  ];
  Object.assign(glb.json, { scene: 0, meshes: [], images: [], textures: [], samplers });
  glb.json.materials = makeMaterials(addTextures(glb, pictures), person.tones);
  const boneNodes = addBones(glb, skeleton);
  const first = boneNodes.length;
  const meshNodes = meshes.map((mesh) => ({ name: mesh.name, mesh: addMesh(glb, mesh, indexOf), skin: 0 }));
  glb.json.nodes = [...boneNodes, ...meshNodes];
  glb.json.scenes = [{ name: person.name, nodes: [0, ...meshes.map((_, at) => first + at)] }];
  glb.json.extensionsUsed = ['KHR_materials_unlit', 'VRMC_materials_mtoon', 'VRMC_vrm', 'VRMC_springBone'];
  glb.json.extensions = vrmExtensions({
    name: person.name,
    skeleton,
    colliders: collidersOf(face, person.body),
    chains,
    node: (bone) => indexOf.get(bone),
    targetsOf: (name) =>
      meshes.flatMap(({ moves = [] }, at) => {
        const index = moves.findIndex(([target]) => target === name);
        return index < 0 ? [] : [{ node: first + at, index }];
      }),
    thumbnailImage: thumbnail && addImage(glb, thumbnail, 'thumbnail'),
    annotations: meshes.map(({ firstPerson = 'thirdPersonOnly' }, at) => ({ node: first + at, type: firstPerson })),
    eyeHeight: round(placeOf('leftEye')[1] - placeOf('head')[1]),
    gaze: person.gaze,
  });
  return glb.end();
}
