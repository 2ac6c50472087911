import { injectionSigns } from './rules/injection.ts';
import { normalise } from './normalise.ts';

const BLOCK_AT = 1;
/** A line of encoded text is decoded and judged too; it is as suspicious as what it says. */
const encoded = [
  { pattern: /(?<![\w+/])[A-Za-z0-9+/]{24,}={0,2}(?![\w+/])/gu, encoding: 'base64' },
  { pattern: /(?<![0-9a-f])(?:[0-9a-f]{2}[ :,]?){16,}(?![0-9a-f])/giu, encoding: 'hex' },
] as const;
const DECODED_MAX = 4;

export type InjectionScore = { score: number; signs: string[] };

/** From 0 to 1: how much a message speaks to the model's instructions and not to the character. */
export function scoreInjection(text: string): InjectionScore {
  const found = signsIn(text);
  for (const hidden of decoded(text))
    for (const [name, weight] of signsIn(hidden)) found.set(`encoded-${name}`, weight);
  const sum = [...found.values()].reduce((total, weight) => total + weight, 0);
  return { score: Math.min(1, sum / BLOCK_AT), signs: [...found.keys()] };
}

export const isInjection = ({ score }: InjectionScore): boolean => score >= 1;

function signsIn(text: string): Map<string, number> {
  const plain = normalise(text)
    .text.replace(/['\\]/gu, '')
    .replace(/[ \t]+/gu, ' ');
  return new Map(injectionSigns.filter(({ pattern }) => pattern.test(plain)).map(({ name, weight }) => [name, weight]));
}

function decoded(text: string): string[] {
  const texts: string[] = [];
  for (const { pattern, encoding } of encoded)
    for (const [code] of text.matchAll(pattern)) {
      if (texts.length === DECODED_MAX) return texts;
      const hidden = Buffer.from(code.replace(/[ :,]/gu, ''), encoding).toString('utf8');
      if (/^[\p{L}\p{N}\p{P}\s]{12,}$/u.test(hidden)) texts.push(hidden);
    }
  return texts;
}
