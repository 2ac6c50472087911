import { z } from 'zod';

export const VerdictAction = z.enum(['allow', 'mask', 'hold', 'block']);
export type VerdictAction = z.infer<typeof VerdictAction>;

export const VerdictLabel = z.enum([
  'toxicity',
  'harassment',
  'sexual',
  'self_harm',
  'violence',
  'url',
  'injection',
  'pii',
  'spam',
  'word_list',
  'none',
]);
export type VerdictLabel = z.infer<typeof VerdictLabel>;

/** The guardian's answer about a text. */
export const Verdict = z.object({
  action: VerdictAction,
  labels: z.array(VerdictLabel),
  /** From 0 to 1, one per label that was scored. */
  scores: z.partialRecord(VerdictLabel, z.number().min(0).max(1)),
  /** The rule or model that spoke, and its version. */
  rule: z.string(),
  version: z.string(),
});
export type Verdict = z.infer<typeof Verdict>;
