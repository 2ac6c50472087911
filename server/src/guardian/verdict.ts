import type { Verdict, VerdictLabel } from '@fantwin/shared/guardian';

/** Goes into every verdict: a change of rules or code that changes decisions raises it. */
export const GUARDIAN_VERSION = '1';

export type ScreenContext = {
  /** Words and phrases that this conversation does not want, beside the general rules. */
  wordList: readonly string[];
};

/** A verdict, and the text that may be shown under it: masked where the action is `mask`, empty where it is `block`. */
export type Screened = { verdict: Verdict; text: string };

export type Released = {
  /** Allowed now; may be empty while the tail can still grow into a match. */
  text: string;
  /** Set when the reply must stop here. `from`: UTF-16 offset in the whole shown reply where the match began. */
  blocked?: { verdict: Verdict; from: number };
  /** Set by `end`: about all that this gate has read, masks included. */
  verdict?: Verdict;
};

/** Decides word by word what of a reply may be shown, whatever the pieces it comes in. */
export type Gate = {
  push(text: string): Released | Promise<Released>;
  /** The reply is whole: the held tail is judged. */
  end(): Released | Promise<Released>;
};

export type Guardian = {
  screenInput(text: string, context: ScreenContext): Promise<Screened>;
  /** `published`: what a former maker of the same reply has shown already, exactly as it was released. */
  openGate(context: ScreenContext, published?: string): Gate;
};

/** What one layer found. */
export type Reason = { action: 'mask' | 'block'; label: VerdictLabel; rule: string; score: number };

/** The strictest reason decides; the labels and scores of all are kept. */
export function toVerdict(reasons: readonly Reason[], scores: Verdict['scores'] = {}): Verdict {
  const decisive = reasons.find(({ action }) => action === 'block') ?? reasons[0];
  if (!decisive) return { action: 'allow', labels: ['none'], scores, rule: 'none', version: GUARDIAN_VERSION };
  const all: Verdict['scores'] = { ...scores };
  for (const { label, score } of reasons) all[label] = Math.max(all[label] ?? 0, score);
  const labels = [...new Set([decisive.label, ...reasons.map(({ label }) => label)])];
  return { action: decisive.action, labels, scores: all, rule: decisive.rule, version: GUARDIAN_VERSION };
}
