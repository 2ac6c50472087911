import { componentBytes, FLOAT, layoutOf } from './accessors.ts';
import type { Values } from './accessor-values.ts';
import type { Accessor, Gltf, Primitive } from './gltf.ts';
import type { Pacer } from '../../core/pacer.ts';
import { checkReference } from './references.ts';
import { pointerTo, type Report } from './report.ts';
import { vrmLimits } from './vrm-limits.ts';

type Keys = readonly (string | number)[];
type Form = { types: readonly string[]; components: readonly number[] };

const again = 'Export the model again.';
const small = [5120, 5121, 5122, 5123];
const vectors: Form = { types: ['VEC3'], components: [FLOAT, ...small] };
/** By the name of the attribute without its number. Other names are an application's own. */
const forms: Record<string, Form> = {
  POSITION: vectors,
  NORMAL: vectors,
  TANGENT: { types: ['VEC4'], components: [FLOAT, ...small] },
  TEXCOORD: { types: ['VEC2'], components: [FLOAT, ...small] },
  COLOR: { types: ['VEC3', 'VEC4'], components: [FLOAT, 5121, 5123] },
  JOINTS: { types: ['VEC4'], components: [5121, 5123] },
  WEIGHTS: { types: ['VEC4'], components: [FLOAT, 5121, 5123] },
};
const indexForm: Form = { types: ['SCALAR'], components: [5121, 5123, 5125] };

export async function checkMeshes(gltf: Gltf, values: readonly Values[], report: Report, pacer: Pacer): Promise<void> {
  if (gltf.meshes.length === 0) {
    report.error('mesh-missing', 'The file has no mesh: there is nothing to see. Export the whole model.', '/meshes');
  }
  const primitives = gltf.meshes.reduce((sum, mesh) => sum + mesh.primitives.length, 0);
  if (primitives > vrmLimits.primitives) {
    const message = `Its meshes have ${primitives} parts; ${vrmLimits.primitives} are allowed. Merge meshes and materials.`;
    report.error('too-many-entries', message, '/meshes');
    return;
  }
  for (const [m, mesh] of gltf.meshes.entries()) {
    for (const [p, primitive] of mesh.primitives.entries()) {
      if (pacer.due) await pacer.rest();
      checkPrimitive(gltf, primitive, ['meshes', m, 'primitives', p], values, report);
    }
  }
}

function checkPrimitive(gltf: Gltf, primitive: Primitive, at: Keys, values: readonly Values[], report: Report): void {
  if (primitive.mode !== 4) {
    const message = 'This part of a mesh is not made of triangles. Turn points, lines and strips into triangles.';
    report.error('primitive-not-triangles', message, pointerTo(...at, 'mode'));
  }
  checkReference(gltf, { to: 'materials', index: primitive.material, at: [...at, 'material'] }, report);
  const { POSITION, ...others } = primitive.attributes;
  if (POSITION === undefined) {
    report.error('position-missing', `This part of a mesh has no positions. ${again}`, pointerTo(...at, 'attributes'));
    return;
  }
  const positions = checkForm(gltf, POSITION, [...at, 'attributes', 'POSITION'], vectors, report);
  if (!positions) return;
  checkAttributes(gltf, others, [...at, 'attributes'], positions.count, report);
  for (const [t, { TANGENT, ...target }] of primitive.targets.entries()) {
    checkAttributes(gltf, target, [...at, 'targets', t], positions.count, report);
    // A morph of a tangent has no fourth number.
    if (TANGENT !== undefined) checkForm(gltf, TANGENT, [...at, 'targets', t, 'TANGENT'], vectors, report);
  }
  checkIndices(gltf, primitive, [...at, 'indices'], positions.count, values, report);
}

function checkAttributes(
  gltf: Gltf,
  attributes: Record<string, number>,
  at: Keys,
  vertices: number,
  report: Report,
): void {
  for (const [name, index] of Object.entries(attributes)) {
    const kind = name.replace(/_\d+$/, '');
    const form = Object.hasOwn(forms, kind) ? forms[kind] : undefined;
    const accessor = checkForm(gltf, index, [...at, name], form, report);
    if (!accessor || accessor.count === vertices) continue;
    const message = `It has ${accessor.count} values for ${vertices} vertices. ${again}`;
    report.error('attribute-count', message, pointerTo(...at, name));
  }
}

function checkForm(gltf: Gltf, index: number, at: Keys, form: Form | undefined, report: Report): Accessor | undefined {
  checkReference(gltf, { to: 'accessors', index, at }, report);
  const accessor = gltf.accessors[index];
  if (!accessor || !form) return accessor;
  if (form.types.includes(accessor.type) && form.components.includes(accessor.componentType)) return accessor;
  report.error('attribute-type', `These numbers have a type that cannot be used here. ${again}`, pointerTo(...at));
  return undefined;
}

function checkIndices(
  gltf: Gltf,
  primitive: Primitive,
  at: Keys,
  vertices: number,
  values: readonly Values[],
  report: Report,
): void {
  const { indices } = primitive;
  const accessor = indices === undefined ? undefined : checkForm(gltf, indices, at, indexForm, report);
  if (indices !== undefined && !accessor) return;
  const corners = accessor?.count ?? vertices;
  if (corners % 3 !== 0) {
    report.error('triangle-incomplete', `${corners} corners do not make whole triangles. ${again}`, pointerTo(...at));
  }
  if (!accessor || indices === undefined) return;
  if ((layoutOf(gltf, accessor)?.stride ?? 0) > (componentBytes[accessor.componentType] ?? 0)) {
    report.error('attribute-type', `Indices must lie side by side, without a stride. ${again}`, pointerTo(...at));
  }
  const most = values[indices]?.most ?? 0;
  if (most < vertices) return;
  const message = `A triangle uses vertex ${most}, but there are ${vertices} vertices. ${again}`;
  report.error('vertex-index-out-of-range', message, pointerTo(...at));
}

/** Undefined where there are no positions. */
function verticesOf(gltf: Gltf, { attributes }: Primitive): number | undefined {
  return attributes.POSITION === undefined ? undefined : gltf.accessors[attributes.POSITION]?.count;
}

/** Of a mesh drawn once. */
export function trianglesOf(gltf: Gltf, mesh: number): number {
  return (gltf.meshes[mesh]?.primitives ?? []).reduce((sum, primitive) => {
    const corners =
      primitive.indices === undefined ? verticesOf(gltf, primitive) : gltf.accessors[primitive.indices]?.count;
    return sum + Math.floor((corners ?? 0) / 3);
  }, 0);
}

const geometryAttribute = /^(?:POSITION|WEIGHTS_\d+)$/;

/** NaN and Infinity break a shape or a pose; in colours and normals they only make dark spots. */
export function checkFinite(gltf: Gltf, values: readonly Values[], report: Report): void {
  const severe = new Set<number | undefined>(gltf.skins.map((skin) => skin.inverseBindMatrices));
  for (const { samplers } of gltf.animations) for (const { input, output } of samplers) severe.add(input).add(output);
  for (const { primitives } of gltf.meshes) {
    for (const { attributes, targets } of primitives) {
      for (const [name, index] of [attributes, ...targets].flatMap(Object.entries<number>)) {
        if (geometryAttribute.test(name)) severe.add(index);
      }
    }
  }
  for (const [i, { finite }] of values.entries()) {
    if (finite) continue;
    const at = pointerTo('accessors', i);
    const what = 'Here are numbers that are none (NaN or infinite).';
    if (severe.has(i))
      report.error('number-not-finite', `${what} Apply all modifiers and transforms, then export again.`, at);
    else report.warn('shading-not-finite', `${what} Parts may look black: recalculate normals and UVs.`, at);
  }
}
