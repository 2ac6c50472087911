import { FLOAT } from './accessors.ts';
import type { Values } from './accessor-values.ts';
import type { Gltf } from './gltf.ts';
import { checkReference } from './references.ts';
import { pointerTo, type Report } from './report.ts';

const again = 'Export the model again.';

export function checkSkins(gltf: Gltf, values: readonly Values[], report: Report): void {
  for (const i of gltf.skins.keys()) checkSkin(gltf, i, report);
  for (const [i, { mesh, skin }] of gltf.nodes.entries()) {
    if (skin === undefined) continue;
    if (mesh === undefined) {
      report.error(
        'skin-without-mesh',
        `Bones are bound here to a mesh that is not there. ${again}`,
        pointerTo('nodes', i),
      );
    } else checkSkinnedMesh(gltf, mesh, gltf.skins[skin]?.joints.length ?? Infinity, values, report);
  }
}

function checkSkin(gltf: Gltf, i: number, report: Report): void {
  const skin = gltf.skins[i];
  if (!skin) return;
  for (const [j, joint] of skin.joints.entries()) {
    checkReference(gltf, { to: 'nodes', index: joint, at: ['skins', i, 'joints', j] }, report);
  }
  const reference = {
    to: 'accessors',
    index: skin.inverseBindMatrices,
    at: ['skins', i, 'inverseBindMatrices'],
  } as const;
  if (!checkReference(gltf, reference, report) || skin.inverseBindMatrices === undefined) return;
  const matrices = gltf.accessors[skin.inverseBindMatrices];
  if (matrices?.type === 'MAT4' && matrices.componentType === FLOAT && matrices.count >= skin.joints.length) return;
  const message = `There must be a bind matrix for each of the ${skin.joints.length} bones. ${again}`;
  report.error('skin-matrices', message, pointerTo(...reference.at));
}

function checkSkinnedMesh(gltf: Gltf, mesh: number, joints: number, values: readonly Values[], report: Report): void {
  for (const [p, { attributes }] of (gltf.meshes[mesh]?.primitives ?? []).entries()) {
    const at = ['meshes', mesh, 'primitives', p, 'attributes'];
    if (attributes.JOINTS_0 === undefined || attributes.WEIGHTS_0 === undefined) {
      const message = 'This part moves with bones, but does not say how. Give it weights in your editor.';
      report.error('skin-weights-missing', message, pointerTo(...at));
    }
    for (const [name, index] of Object.entries(attributes)) {
      if (!name.startsWith('JOINTS_') || (values[index]?.most ?? 0) < joints) continue;
      const message = `A vertex follows bone ${values[index]?.most}, but its skin has ${joints} bones. ${again}`;
      report.error('skin-joint-out-of-range', message, pointerTo(...at, name));
    }
  }
}

const outputTypes: Record<string, string> = { translation: 'VEC3', rotation: 'VEC4', scale: 'VEC3', weights: 'SCALAR' };

export function checkAnimations(gltf: Gltf, report: Report): void {
  for (const [a, { channels, samplers }] of gltf.animations.entries()) {
    for (const [s, { input, output }] of samplers.entries()) {
      const at = ['animations', a, 'samplers', s];
      checkReference(gltf, { to: 'accessors', index: input, at: [...at, 'input'] }, report);
      checkReference(gltf, { to: 'accessors', index: output, at: [...at, 'output'] }, report);
    }
    for (const [c, { sampler, target }] of channels.entries()) {
      const at = ['animations', a, 'channels', c];
      checkReference(gltf, { to: 'nodes', index: target.node, at: [...at, 'target', 'node'] }, report);
      const used = samplers[sampler];
      const [input, output] = [gltf.accessors[used?.input ?? -1], gltf.accessors[used?.output ?? -1]];
      const wanted = Object.hasOwn(outputTypes, target.path) ? outputTypes[target.path] : undefined;
      const fits = input?.type === 'SCALAR' && input.componentType === FLOAT && output && output.type === wanted;
      if (fits && input.count > 0 && output.count >= input.count) continue;
      const message = 'This animation does not fit what it moves. Export without animations: the page has its own.';
      report.error('animation-data', message, pointerTo(...at));
    }
  }
}
