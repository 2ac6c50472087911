import { isInjection, scoreInjection } from './injection.ts';
import { createRules, type Rules } from './rules.ts';
import { findSpam } from './spam.ts';
import { StreamGate } from './stream-gate.ts';
import { toVerdict, type Guardian, type ScreenContext, type Screened } from './verdict.ts';

type Deps = { rules?: Rules };

/** Layers that need no network, cheapest first. */
export function createGuardian({ rules = createRules() }: Deps = {}): Guardian {
  /** The same reading as a reply's, so that a text is judged alike on both ways. */
  function screenByRules(text: string, { wordList }: ScreenContext): Screened {
    const gate = new StreamGate(rules.match('input', wordList));
    const first = gate.push(text);
    const last = gate.end();
    const verdict = last.verdict ?? toVerdict([]);
    return { verdict, text: verdict.action === 'block' ? '' : first.text + last.text };
  }

  return {
    screenInput: async (text, context) => {
      const spam = findSpam(text);
      if (spam) return { verdict: toVerdict([{ action: 'block', label: 'spam', rule: spam, score: 1 }]), text: '' };

      const screened = screenByRules(text, context);
      if (screened.verdict.action === 'block') return screened;

      const injection = scoreInjection(text);
      const scores = { ...screened.verdict.scores, injection: injection.score };
      if (!isInjection(injection)) return { ...screened, verdict: { ...screened.verdict, scores } };
      const rule = `injection/${injection.signs[0] ?? ''}`;
      return {
        verdict: toVerdict([{ action: 'block', label: 'injection', rule, score: injection.score }], scores),
        text: '',
      };
    },

    openGate: ({ wordList }, published) => new StreamGate(rules.match('output', wordList), published),
  };
}
