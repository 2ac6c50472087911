import type { FindingCode } from './finding-codes.ts';
import { vrmLimits } from './vrm-limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OBJECT = 0x7b;
const LIST = 0x5b;
const closing = new Set([0x7d, 0x5d]);

/** What is too much in a JSON text, told before a parser builds anything from it. Nothing: it is fit to be parsed. */
export function measureJson(json: Uint8Array): [FindingCode, string] | undefined {
  const open: { entries: number; most: number }[] = [];
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at] ?? 0;
    if (char === QUOTE) at = endOfString(json, at);
    else if (char === COMMA) {
      values += 1;
      const inside = open.at(-1);
      if (inside && (inside.entries += 1) > inside.most) return tooMany('in one place');
    } else if (char === OBJECT || char === LIST) {
      values += 1;
      open.push({ entries: 1, most: char === LIST ? vrmLimits.listEntries : vrmLimits.objectKeys });
      if (open.length > vrmLimits.jsonDepth) {
        return ['json-too-deep', 'The description of the model (JSON) is nested too deeply. Export the model again.'];
      }
    } else if (closing.has(char)) open.pop();
    if (values > vrmLimits.jsonValues) return tooMany('in all');
  }
  return undefined;
}

function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

const tooMany = (where: string): [FindingCode, string] => [
  'too-many-entries',
  `The description of the model (JSON) has too many entries ${where}. Remove bones, morphs and objects that it does not use.`,
];
