import {
  type Dropped,
  type DropReason,
  STYLE_SENTENCES_MAX,
  type StyleReport,
  type StyleSourceReport,
} from '@fantwin/shared/training';
import { Pacer } from '../../core/pacer.ts';
import type { StyleSentence } from './clean-piece.ts';
import { keyOf, likeness } from './duplicates.ts';
import type { IngestedSource } from './ingest-source.ts';
import { findNearDuplicates } from './near-duplicates.ts';
import { addDropped } from './source-notes.ts';
import { heldOutOf } from './split-held-out.ts';
import { countSentences, reportOf } from './style-report.ts';

/** All that a creator gave, ready to train on. */
export type StyleCorpus = { train: StyleSentence[]; heldOut: StyleSentence[]; report: StyleReport };

type Placed = StyleSentence & { key: number; source: number };

/** Joins sources: no sentence twice, none that is nearly another, a part held out. Their order changes no figure but the sources' own. */
export async function buildCorpus(sources: readonly IngestedSource[]): Promise<StyleCorpus> {
  const pacer = new Pacer();
  const dropped = sources.map(({ report }) => new Map(report.dropped.map((one) => [one.reason, copy(one)])));
  const drop = (reason: DropReason, { source, text }: Placed) => {
    const own = dropped[source];
    if (own) addDropped(own, reason, 1, (own.get(reason)?.examples.length ?? 0) < 3 ? [text] : []);
  };

  const distinct = takeSample(await dropExact(sources, drop, pacer), drop);
  const firsts = await findNearDuplicates(distinct, pacer);
  const kept: Placed[] = [];
  for (const [i, sentence] of distinct.entries()) {
    if (firsts[i] === i) kept.push(sentence);
    else drop('near-duplicate', sentence);
    if (pacer.due) await pacer.rest();
  }

  const isHeldOut = heldOutOf(kept.length);
  const [train, heldOut]: [StyleSentence[], StyleSentence[]] = [[], []];
  const own: StyleSentence[][] = sources.map(() => []);
  for (const { key, source, text, language } of kept) {
    const sentence = { text, language };
    (isHeldOut(key) ? heldOut : train).push(sentence);
    own[source]?.push(sentence);
  }
  const reports: StyleSourceReport[] = sources.map(({ report }, i) => ({
    ...report,
    ...countSentences(own[i] ?? []),
    share: kept.length ? (own[i]?.length ?? 0) / kept.length : 0,
    dropped: [...(dropped[i]?.values() ?? [])],
  }));
  return { train, heldOut, report: reportOf(reports, { train: train.length, heldOut: heldOut.length }) };
}

async function dropExact(
  sources: readonly IngestedSource[],
  drop: (reason: DropReason, sentence: Placed) => void,
  pacer: Pacer,
): Promise<Placed[]> {
  const known = new Set<number>();
  const distinct: Placed[] = [];
  for (const [source, { sentences }] of sources.entries())
    for (const { text, language } of sentences) {
      if (pacer.due) await pacer.rest();
      const placed = { text, language, source, key: keyOf(likeness(text), language) };
      if (known.has(placed.key)) drop('duplicate', placed);
      else {
        known.add(placed.key);
        distinct.push(placed);
      }
    }
  return distinct;
}

/** Those with the smallest keys, which are as good as random: the same ones whatever the order. */
function takeSample(sentences: Placed[], drop: (reason: DropReason, sentence: Placed) => void): Placed[] {
  if (sentences.length <= STYLE_SENTENCES_MAX) return sentences;
  const limit = Float64Array.from(sentences, ({ key }) => key).sort()[STYLE_SENTENCES_MAX] ?? Infinity;
  return sentences.filter((sentence) => {
    if (sentence.key >= limit) drop('over-limit', sentence);
    return sentence.key < limit;
  });
}

const copy = (one: Dropped): Dropped => ({ ...one, examples: [...one.examples] });
