import { plainStopRules, smallModelStopRules, type StopRules } from './stop-rules.ts';

export type Sampling = {
  temperature: number;
  minP: number;
  topP: number;
  topK: number;
  /** Over the answer's own last tokens. */
  repeatPenalty: number;
  /** No run of so many tokens is said twice, in the answer or in the answers before it; 0: no rule. */
  noRepeat: number;
  /** Tokens that an answer never holds, and some that it does not begin with. */
  never: readonly string[];
  neverFirst: readonly string[];
  answerTokensMax: number;
  rules: StopRules;
};

/** Tuned on SmolLM2-135M: docs/small-model.md says how, and shows what it gives. */
export const smallModelSampling: Sampling = {
  temperature: 0.2,
  minP: 0.2,
  topP: 1,
  topK: 40,
  repeatPenalty: 1.1,
  noRepeat: 4,
  never: ['(', ' (', '*', ' *', '[', ' ['], // stage directions are not spoken
  neverFirst: ['"', ' "'],
  answerTokensMax: 96,
  rules: smallModelStopRules,
};

export const plainSampling: Sampling = {
  temperature: 0.7,
  minP: 0.05,
  topP: 0.95,
  topK: 40,
  repeatPenalty: 1.05,
  noRepeat: 0,
  never: [],
  neverFirst: [],
  answerTokensMax: Infinity,
  rules: plainStopRules,
};
