import { FLOAT, type Layout, layoutOf, sparseIndices, sparseValues } from './accessors.ts';
import type { Accessor, Gltf } from './gltf.ts';
import type { Pacer } from '../../core/pacer.ts';
import { pointerTo, type Report } from './report.ts';

/** What the numbers of an accessor are like. `most`: the largest, of whole numbers. */
export type Values = { finite: boolean; most: number };

const BLOCK_ELEMENTS = 8_192;
const nothing: Values = { finite: true, most: 0 };

/**
 * Looks at each number in the binary part once, whoever refers to it. Only for a file whose accessors lie where they
 * should: it reads what they say.
 */
export async function readValues(gltf: Gltf, bin: Uint8Array, report: Report, pacer: Pacer): Promise<Values[]> {
  const view = new DataView(bin.buffer, bin.byteOffset, bin.byteLength);
  const all: Values[] = [];
  for (const [i, accessor] of gltf.accessors.entries()) {
    const own = await valuesOf(gltf, accessor, view, pacer);
    const changed = await valuesOf(gltf, sparseValues(accessor), view, pacer);
    all.push({ finite: own.finite && changed.finite, most: Math.max(own.most, changed.most) });
    if (await sparseIndicesRise(gltf, accessor, view, pacer)) continue;
    const message = 'A sparse list changes elements that are not there, or not in order. Export the model again.';
    report.error('sparse-indices', message, pointerTo('accessors', i, 'sparse'));
  }
  return all;
}

async function valuesOf(gltf: Gltf, accessor: Accessor | undefined, view: DataView, pacer: Pacer): Promise<Values> {
  const layout = accessor && layoutOf(gltf, accessor);
  if (!layout) return nothing;
  const total: Values = { ...nothing };
  for (let from = 0; from < layout.count; from += BLOCK_ELEMENTS) {
    const to = Math.min(from + BLOCK_ELEMENTS, layout.count);
    if (layout.componentType === FLOAT) total.finite &&= allFinite(view, layout, from, to);
    else total.most = Math.max(total.most, largest(view, layout, from, to));
    if (pacer.due) await pacer.rest();
  }
  return total;
}

function allFinite(view: DataView, { at, stride, components }: Layout, from: number, to: number): boolean {
  for (let element = from; element < to; element += 1) {
    const start = at + element * stride;
    for (let part = 0; part < components; part += 1) {
      // Infinity and NaN are the floats whose exponent has all bits set.
      if ((view.getUint32(start + part * 4, true) & 0x7f800000) === 0x7f800000) return false;
    }
  }
  return true;
}

function largest(view: DataView, layout: Layout, from: number, to: number): number {
  let most = 0;
  for (let element = from; element < to; element += 1) {
    for (let part = 0; part < layout.components; part += 1) {
      const value = wholeNumber(view, layout, element, part);
      if (value > most) most = value;
    }
  }
  return most;
}

function wholeNumber(view: DataView, layout: Layout, element: number, part: number): number {
  const start = layout.at + element * layout.stride;
  if (layout.componentType === 5125) return view.getUint32(start + part * 4, true);
  if (layout.componentType === 5123) return view.getUint16(start + part * 2, true);
  if (layout.componentType === 5122) return view.getInt16(start + part * 2, true);
  if (layout.componentType === 5120) return view.getInt8(start + part);
  return view.getUint8(start + part);
}

/** True where nothing is sparse. */
async function sparseIndicesRise(gltf: Gltf, accessor: Accessor, view: DataView, pacer: Pacer): Promise<boolean> {
  const indices = sparseIndices(accessor);
  const layout = indices && layoutOf(gltf, indices);
  if (!layout) return true;
  let last = -1;
  for (let element = 0; element < layout.count; element += 1) {
    const value = wholeNumber(view, layout, element, 0);
    if (value <= last || value >= accessor.count) return false;
    last = value;
    if (element % BLOCK_ELEMENTS === 0 && pacer.due) await pacer.rest();
  }
  return true;
}
