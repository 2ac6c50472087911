import type { Pacer } from '../../core/pacer.ts';
import { quoted } from './plain-text.ts';
import { pointerTo, type Report } from './report.ts';

/** A place in the JSON, linked to its parent so that pointers are only built when needed. */
type Place = { value: unknown; key: string | number; parent: Place | undefined; free: boolean };

const SCHEME = /^\s*(?:[a-z][a-z0-9+.-]{1,20}:\/\/|\/\/|(?:data|blob|file|javascript|filesystem):)/i;
/** For people to read: no loader follows them. */
const freePlaces: Record<string, ReadonlySet<string>> = {
  asset: new Set(['/asset']),
  meta: new Set(['/extensions/VRM/meta', '/extensions/VRMC_vrm/meta']),
  KHR_xmp: new Set(['/extensions/KHR_xmp']),
  KHR_xmp_json_ld: new Set(['/extensions/KHR_xmp_json_ld']),
};
const freeKeys = new Set(['extras', 'name', 'comment']);

/**
 * A model is whole in one file: an address in it would let its author watch fans, or reach into the network of a server.
 * False: there are keys that the next checks should not meet.
 */
export async function checkAddresses(json: Record<string, unknown>, report: Report, pacer: Pacer): Promise<boolean> {
  let fit = true;
  const open: Place[] = [{ value: json, key: '', parent: undefined, free: false }];
  for (let place = open.pop(); place; place = open.pop()) {
    if (pacer.due) await pacer.rest();
    const { value } = place;
    if (typeof value === 'string') checkText(value, place, report);
    if (typeof value !== 'object' || value === null) continue;
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, child] of entries) {
      if (key === '__proto__') {
        report.error('json-key', 'Here is a key that no model needs and that can harm programs.', pointerOf(place));
        fit = false;
        continue;
      }
      if (typeof child === 'number' || typeof child === 'boolean') continue;
      open.push({ value: child, key, parent: place, free: place.free || isFree(key, place) });
    }
  }
  return fit;
}

function isFree(key: string | number, parent: Place): boolean {
  if (typeof key !== 'string') return false;
  if (freeKeys.has(key)) return true;
  return Object.hasOwn(freePlaces, key) && freePlaces[key]?.has(pointerTo(...keysOf(parent), key)) === true;
}

function checkText(value: string, place: Place, report: Report): void {
  if (place.free) return;
  const owner = place.key === 'uri' ? keysOf(place).slice(0, -1) : [];
  if (owner.length === 2 && (owner[0] === 'buffers' || owner[0] === 'images')) return; // checkUris speaks of these
  const isUri = typeof place.key === 'string' && /^(?:uri|url|href|src)$/i.test(place.key);
  if (!isUri && !SCHEME.test(value)) return;
  report.error('address-outside', `${says(value)} Remove it: a model must be whole in one file.`, pointerOf(place));
}

/** Buffers and images: any `uri` at all, even an empty one, is followed by loaders. */
export function checkUris(json: Record<string, unknown>, report: Report): void {
  for (const [list, code, thing] of [
    ['buffers', 'buffer-external', 'Mesh data'],
    ['images', 'image-external', 'A picture'],
  ] as const) {
    const entries: unknown = json[list];
    if (!Array.isArray(entries)) continue;
    for (const [index, entry] of entries.entries()) {
      if (typeof entry !== 'object' || entry === null || !('uri' in entry)) continue;
      const uri = typeof entry.uri === 'string' ? entry.uri : '';
      const message = `${thing} is not in the file. ${says(uri)} Export with everything embedded (binary .vrm).`;
      report.error(code, message, pointerTo(list, index, 'uri'));
    }
  }
}

function says(address: string): string {
  const shown = quoted(address);
  if (/^\s*(?:https?:|\/\/)/i.test(address)) {
    return `${shown} would be fetched from another server, which could watch every fan who sees this twin.`;
  }
  if (/^\s*file:|^\s*[a-z]:\\/i.test(address)) return `${shown} is a file on somebody's own computer.`;
  if (/^\s*data:/i.test(address)) return `${shown} is data written as text.`;
  if (SCHEME.test(address)) return `${shown} is an address outside the file.`;
  return `${shown} names another file, which nobody who opens this one has.`;
}

function keysOf(place: Place): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Place | undefined = place; at?.parent; at = at.parent) keys.unshift(at.key);
  return keys;
}

const pointerOf = (place: Place): string => pointerTo(...keysOf(place));
