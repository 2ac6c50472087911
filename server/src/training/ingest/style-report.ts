import {
  type Dropped,
  type DropReason,
  PrivateKind,
  type StyleReport,
  type StyleSourceReport,
  type StyleWarning,
  styleSentenceGoals,
} from '@fantwin/shared/training';
import type { StyleSentence } from './clean-piece.ts';
import { hasAuthors } from './parse-source.ts';
import { addDropped } from './source-notes.ts';

/** Characters of a token, as tokenizers for many languages cut. */
const CHARACTERS_PER_TOKEN = { en: 4.2, ja: 1.2, other: 3 } as const;
const ONE_SOURCE_SHARE = 0.8;
const OTHER_LANGUAGE_SHARE = 0.5;

type Counts = Pick<StyleSourceReport, 'kept' | 'languages' | 'characters' | 'tokens'>;

/** Figures of a set of sentences. */
export function countSentences(sentences: readonly StyleSentence[]): Counts {
  const languages = { en: 0, ja: 0, other: 0 };
  let [characters, tokens] = [0, 0];
  for (const { text, language } of sentences) {
    languages[language] += 1;
    characters += text.length;
    tokens += text.length / CHARACTERS_PER_TOKEN[language];
  }
  return { kept: sentences.length, languages, characters, tokens: Math.round(tokens) };
}

/** What a creator reads before training, from the reports of the sources. */
export function reportOf(sources: StyleSourceReport[], split: Pick<StyleReport, 'train' | 'heldOut'>): StyleReport {
  const sum = (count: (source: StyleSourceReport) => number) => sources.reduce((all, one) => all + count(one), 0);
  const kept = sum((source) => source.kept);
  const dropped = new Map<DropReason, Dropped>();
  for (const source of sources)
    for (const { reason, count, examples } of source.dropped) addDropped(dropped, reason, count, examples);
  const found = PrivateKind.options.map((kind) => [kind, sum((source) => source.private[kind] ?? 0)] as const);
  return {
    sources,
    kept,
    languages: {
      en: sum(({ languages }) => languages.en),
      ja: sum(({ languages }) => languages.ja),
      other: sum(({ languages }) => languages.other),
    },
    private: Object.fromEntries(found.filter(([, count]) => count > 0)),
    characters: sum(({ characters }) => characters),
    tokens: sum(({ tokens }) => tokens),
    dropped: [...dropped.values()],
    ...split,
    missing: Math.max(0, styleSentenceGoals.recommended - kept),
    verdict: kept >= styleSentenceGoals.least ? 'ready' : 'too-little',
    message: messageFor(kept),
    warnings: [...warningsFor(kept), ...sources.flatMap((source) => sourceWarnings(source, sources.length))],
  };
}

const written = (count: number): string => count.toLocaleString('en-US');
const { least, fair, recommended } = styleSentenceGoals;

function messageFor(kept: number): string {
  const have = `There ${kept === 1 ? 'is 1 usable sentence' : `are ${written(kept)} usable sentences`}`;
  if (kept < least) return `${have}. Training starts at ${written(least)}: add at least ${written(least - kept)} more.`;
  if (kept < fair) return `${have}: training can start, but expect only a touch of your voice.`;
  if (kept < recommended) return `${have}: training can start. Your voice will show, more clearly with more text.`;
  return `${have}: all that is recommended. Training can start.`;
}

function warningsFor(kept: number): StyleWarning[] {
  if (kept < least || kept >= recommended) return [];
  const missing = `${written(recommended - kept)} more sentences would reach the ${written(recommended)} that are recommended.`;
  if (kept >= fair) return [{ code: 'below-recommended', message: missing }];
  const message = `With fewer than ${written(fair)} sentences the twin picks up favourite words rather than a way of speaking, and may repeat your sentences word for word. ${missing}`;
  return [{ code: 'few-sentences', message }];
}

function sourceWarnings(report: StyleSourceReport, sources: number): StyleWarning[] {
  const { name: source, kind, kept, share, languages, authors, problems, moreProblems } = report;
  const warnings: StyleWarning[] = [];
  if (hasAuthors.has(kind) && !authors.some(({ chosen }) => chosen)) {
    const message = authors.length
      ? 'Nothing of this chat is used yet: say which of the people in it is you.'
      : 'Nobody writes in this chat. Export it again with its messages.';
    warnings.push({ code: 'choose-authors', source, message });
  }
  if (sources > 1 && share > ONE_SOURCE_SHARE) {
    const message = `${Math.round(share * 100)} % of all sentences come from this source: the twin will talk as you do there. Add texts from elsewhere.`;
    warnings.push({ code: 'one-source', source, message });
  }
  if (kept > 0 && languages.other / kept > OTHER_LANGUAGE_SHARE) {
    const message =
      'Most of this source is neither English nor Japanese. It is used, but cleaned less well; look at it.';
    warnings.push({ code: 'other-language', source, message });
  }
  const damaged = problems.length + moreProblems;
  if (damaged > 0) {
    const places = damaged === 1 ? 'One place' : `${written(damaged)} places`;
    warnings.push({ code: 'damaged', source, message: `${places} of this file could not be read. The rest is used.` });
  }
  return warnings;
}
