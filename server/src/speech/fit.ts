import type { Timeline } from './timeline.ts';

type Span = { fromMs: number; toMs: number; durationMs: number };
type Timed = { t: number; d: number };

/** Stretches what a timeline does over the span in which a recording of `durationMs` can be heard. */
export function fitTimeline(timeline: Timeline, { fromMs, toMs, durationMs }: Span): Timeline {
  const lastSound = timeline.visemes.findLast(({ v }) => v !== 'sil');
  const spokenMs = lastSound ? lastSound.t + lastSound.d : 0;
  if (spokenMs === 0 || durationMs === 0) return { durationMs, visemes: [], words: [] };
  const scale = (toMs - fromMs) / spokenMs;
  const place = (t: number) => Math.min(Math.round(fromMs + t * scale), durationMs);
  const fit = <T extends Timed>(timed: T): T => {
    const { t, d } = timed;
    return { ...timed, t: place(t), d: place(t + d) - place(t) };
  };
  const visemes = timeline.visemes.filter(({ t }) => t < spokenMs).map(fit);
  const end = place(spokenMs);
  const rest = end < durationMs ? [{ t: end, d: durationMs - end, v: 'sil' as const, w: 0 }] : [];
  return {
    durationMs,
    visemes: [...visemes.filter(lasts), ...rest],
    words: timeline.words.map(fit).filter(lasts),
  };
}

const lasts = ({ d }: Timed): boolean => d > 0;
