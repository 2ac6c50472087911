import type { Language } from '@fantwin/shared/characters';
import type { Mood } from '@fantwin/shared/conversations';
import {
  emojiFeelings,
  englishBoosters,
  englishDampers,
  englishNegators,
  englishOthers,
  englishPhrases,
  englishWords,
  type Feeling,
  japaneseNegation,
  japaneseStems,
} from './mood-lexicon.ts';

/** Below it the face stays calm: a twin that smiles at everything is tiring. */
const THRESHOLD = 0.28;
const INTENSITY_MAX = 0.85;
/** How far back a "not" reaches, in words. */
const NEGATION_REACH = 3;
const opposites: Record<Feeling, Feeling | undefined> = {
  happy: 'sad',
  sad: 'relaxed',
  angry: 'relaxed',
  relaxed: undefined,
  surprised: undefined,
};

type Scores = Record<Feeling, number>;

/** The mood that a sentence is said in, from its words, emoji and marks alone; calm where nothing speaks for another. */
export function moodOf(text: string, language: Language): Mood {
  const scores: Scores = { happy: 0, sad: 0, angry: 0, relaxed: 0, surprised: 0 };
  scoreEmoji(text, scores);
  scoreEnglish(text, scores);
  if (language === 'ja') scoreJapanese(text, scores);

  const ranked = (Object.entries(scores) as [Feeling, number][]).sort(([, a], [, b]) => b - a);
  const [name, score] = ranked[0] ?? ['happy', 0];
  const marks = (text.match(/[!！]/gu) ?? []).length;
  const excited = name === 'relaxed' || name === 'sad' ? score : score * (1 + Math.min(marks, 3) * 0.12);
  if (score < THRESHOLD) return { name: 'neutral', intensity: 0 };
  return { name, intensity: Math.round(Math.min(excited, INTENSITY_MAX) * 100) / 100 };
}

/** The strongest sign counts whole, each further one a quarter. */
function add(scores: Scores, feeling: Feeling, weight: number): void {
  const strongest = Math.max(scores[feeling], weight);
  scores[feeling] = strongest + Math.min(scores[feeling], weight) / 4;
}

function scoreEmoji(text: string, scores: Scores): void {
  for (const [emoji, feeling, weight] of emojiFeelings) {
    for (const _ of text.match(emoji) ?? []) add(scores, feeling, weight);
  }
}

const weightOf = new Map<string, [Feeling, number]>();
const weightOfStart: [start: string, Feeling, number][] = [];
for (const feeling of Object.keys(englishWords) as Feeling[]) {
  for (const [weight, words] of englishWords[feeling]) {
    for (const word of words.split(' ')) {
      if (word.endsWith('*')) weightOfStart.push([word.slice(0, -1), feeling, weight]);
      else weightOf.set(word, [feeling, weight]);
    }
  }
}

function lookUp(word: string): [Feeling, number] | undefined {
  const exact = weightOf.get(word);
  if (exact) return exact;
  const start = weightOfStart.find(([prefix]) => word.startsWith(prefix));
  return start && [start[1], start[2]];
}

function scoreEnglish(text: string, scores: Scores): void {
  let plain = text.replace(/’/gu, "'");
  for (const [phrase, feeling, weight] of englishPhrases) {
    plain = plain.replace(phrase, () => {
      if (feeling) add(scores, feeling, weight);
      return ' . ';
    });
  }
  for (const clause of plain.toLowerCase().split(/[,.;:!?…()\n]| but /u)) scoreClause(clause, scores);
}

function scoreClause(clause: string, scores: Scores): void {
  const words = clause.match(/[a-z']+/gu) ?? [];
  for (const [index, word] of words.entries()) {
    const found = lookUp(word);
    if (!found) continue;
    const [feeling, weight] = found;
    const before = words.slice(Math.max(0, index - NEGATION_REACH), index);
    const negated = before.some((other) => englishNegators.test(other));
    const near = before.slice(-2);
    let strength = weight;
    if (near.some((other) => englishBoosters.test(other))) strength *= 1.25;
    if (near.some((other) => englishDampers.test(other))) strength *= 0.7;

    if (negated) addOpposite(scores, feeling, strength);
    else if (feeling === 'angry' && before.some((other) => englishOthers.test(other)))
      add(scores, 'sad', strength * 0.7);
    else add(scores, feeling, strength);
  }
}

function scoreJapanese(text: string, scores: Scores): void {
  for (const feeling of Object.keys(japaneseStems) as Feeling[]) {
    for (const [weight, stems] of japaneseStems[feeling]) {
      for (const stem of stems.split(' ')) {
        for (let at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, at + stem.length)) {
          if (japaneseNegation.test(text.slice(at + stem.length))) addOpposite(scores, feeling, weight);
          else add(scores, feeling, weight);
        }
      }
    }
  }
}

function addOpposite(scores: Scores, feeling: Feeling, weight: number): void {
  const opposite = opposites[feeling];
  if (opposite) add(scores, opposite, weight * 0.6);
}
