import type { Accessor, Gltf } from './gltf.ts';
import type { Pacer } from '../../core/pacer.ts';
import { checkReference } from './references.ts';
import { pointerTo, type Report } from './report.ts';
import { vrmLimits } from './vrm-limits.ts';

export const FLOAT = 5126;
export const componentBytes: Record<number, number> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, [FLOAT]: 4 };
const unsigned = new Set([5121, 5123, 5125]);
const componentsOf: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };
const again = 'Export the model again.';

/** Where an accessor's numbers lie in the binary part. */
export type Layout = { at: number; stride: number; components: number; componentType: number; count: number };

/** How many numbers one element has; undefined for what no file may have. */
export function componentsIn({ type, componentType }: Pick<Accessor, 'type' | 'componentType'>): number | undefined {
  if (!Object.hasOwn(componentsOf, type) || !Object.hasOwn(componentBytes, componentType)) return undefined;
  return type.startsWith('MAT') && componentType !== FLOAT ? undefined : componentsOf[type];
}

/** The bytes: one buffer, the file's own, and views inside it. */
export function checkBuffers(gltf: Gltf, binBytes: number, report: Report): void {
  const [buffer] = gltf.buffers;
  if (!buffer || gltf.buffers.length > 1) {
    report.error(
      'buffer-count',
      'A VRM has exactly one buffer, inside the file. Export it as one binary .vrm.',
      '/buffers',
    );
    return;
  }
  if (buffer.byteLength > binBytes || buffer.byteLength + 3 < binBytes) {
    const message = `The file says it holds ${buffer.byteLength} bytes of data, but it holds ${binBytes}. ${again}`;
    report.error('buffer-length', message, '/buffers/0/byteLength');
    return;
  }
  for (const [i, view] of gltf.bufferViews.entries()) {
    const at = pointerTo('bufferViews', i);
    if (!checkReference(gltf, { to: 'buffers', index: view.buffer, at: ['bufferViews', i, 'buffer'] }, report))
      continue;
    if (view.byteOffset + view.byteLength > buffer.byteLength) {
      report.error('buffer-view-out-of-range', `This piece of data reaches beyond the end of the file. ${again}`, at);
    }
  }
}

/** The lists of numbers: known types, inside their views, not more than memory can take. */
export async function checkAccessors(gltf: Gltf, report: Report, pacer: Pacer): Promise<void> {
  let bytes = 0;
  for (const [i, accessor] of gltf.accessors.entries()) {
    if (pacer.due) await pacer.rest();
    const components = componentsIn(accessor);
    if (components === undefined) {
      const message = `Numbers of type ${accessor.componentType} in groups of this kind are not known. ${again}`;
      report.error('accessor-type', message, pointerTo('accessors', i));
      continue;
    }
    bytes += accessor.count * components * (componentBytes[accessor.componentType] ?? 0);
    checkLayout(gltf, i, accessor, report);
    checkSparse(gltf, i, accessor, report);
  }
  if (bytes > vrmLimits.geometryBytes) {
    const [megabytes, most] = [bytes, vrmLimits.geometryBytes].map((count) => Math.round(count / 1024 / 1024));
    const message = `Its meshes and morphs take ${megabytes} MB of memory; ${most} MB are allowed. Remove morphs or vertices.`;
    report.error('geometry-too-large', message, '/accessors');
  }
}

function checkLayout(gltf: Gltf, i: number, accessor: Accessor, report: Report): void {
  const at = ['accessors', i];
  if (!checkReference(gltf, { to: 'bufferViews', index: accessor.bufferView, at: [...at, 'bufferView'] }, report))
    return;
  const view = accessor.bufferView === undefined ? undefined : gltf.bufferViews[accessor.bufferView];
  const layout = layoutOf(gltf, accessor);
  if (!view || !layout) return;
  const size = componentBytes[accessor.componentType] ?? 1;
  const elementBytes = layout.components * size;
  if (accessor.byteOffset % size !== 0) {
    report.error(
      'accessor-alignment',
      `These numbers do not start at a multiple of their size. ${again}`,
      pointerTo(...at),
    );
    return;
  }
  // Loaders take whole strides, the last one too, from the stride in which the first number lies.
  const interleaved = layout.stride !== elementBytes;
  if (interleaved && (layout.stride < 4 || layout.stride > 252 || layout.stride % 4 !== 0)) {
    const message = `A stride must be a multiple of 4 from 4 to 252, not ${layout.stride}. ${again}`;
    report.error('buffer-view-stride', message, pointerTo('bufferViews', accessor.bufferView ?? 0));
    return;
  }
  const strides = Math.floor(accessor.byteOffset / layout.stride) + accessor.count;
  const end = interleaved ? strides * layout.stride : accessor.byteOffset + accessor.count * elementBytes;
  const fits = !interleaved || (accessor.byteOffset % layout.stride) + elementBytes <= layout.stride;
  if (end <= view.byteLength && fits) return;
  report.error(
    'accessor-out-of-range',
    `These numbers reach beyond the data that they lie in. ${again}`,
    pointerTo(...at),
  );
}

/** Undefined: the accessor has no bytes of its own, or its type is not known. */
export function layoutOf(gltf: Gltf, accessor: Accessor): Layout | undefined {
  const components = componentsIn(accessor);
  const view = accessor.bufferView === undefined ? undefined : gltf.bufferViews[accessor.bufferView];
  if (components === undefined || !view) return undefined;
  const { componentType, count } = accessor;
  // Old exporters write a stride of 0 for none.
  const stride = view.byteStride || components * (componentBytes[componentType] ?? 0);
  return { at: view.byteOffset + accessor.byteOffset, stride, components, componentType, count };
}

function checkSparse(gltf: Gltf, i: number, accessor: Accessor, report: Report): void {
  const { sparse } = accessor;
  if (!sparse) return;
  const at = ['accessors', i, 'sparse'];
  const [indices, values] = [sparseIndices(accessor), sparseValues(accessor)];
  if (!indices || !values || !unsigned.has(indices.componentType) || accessor.type.startsWith('MAT')) {
    report.error(
      'sparse-type',
      `A sparse list must have whole numbers as indices and no matrices. ${again}`,
      pointerTo(...at),
    );
    return;
  }
  if (sparse.count > accessor.count) {
    report.error('sparse-indices', `A sparse list changes more elements than there are. ${again}`, pointerTo(...at));
  }
  for (const [part, inner] of [
    ['indices', indices],
    ['values', values],
  ] as const) {
    const reference = { to: 'bufferViews', index: inner.bufferView, at: [...at, part, 'bufferView'] } as const;
    if (!checkReference(gltf, reference, report)) continue;
    checkLayoutOfSparse(gltf, inner, pointerTo(...at, part), report);
  }
}

function checkLayoutOfSparse(gltf: Gltf, inner: Accessor, pointer: string, report: Report): void {
  const view = inner.bufferView === undefined ? undefined : gltf.bufferViews[inner.bufferView];
  const size = componentBytes[inner.componentType] ?? 1;
  const elementBytes = (componentsIn(inner) ?? 0) * size;
  if (inner.byteOffset % size !== 0 || layoutOf(gltf, inner)?.stride !== elementBytes) {
    const message = `These numbers do not lie side by side from a multiple of their size on. ${again}`;
    report.error('accessor-alignment', message, pointer);
  } else if (inner.byteOffset + inner.count * elementBytes > (view?.byteLength ?? 0)) {
    report.error('accessor-out-of-range', `These numbers reach beyond the data that they lie in. ${again}`, pointer);
  }
}

/** Which elements a sparse accessor changes, as an accessor. */
export function sparseIndices({ sparse }: Accessor): Accessor | undefined {
  return sparse && { ...sparse.indices, count: sparse.count, type: 'SCALAR' };
}

/** What it changes them to, as an accessor. */
export function sparseValues({ sparse, componentType, type }: Accessor): Accessor | undefined {
  return sparse && { ...sparse.values, componentType, type, count: sparse.count };
}
