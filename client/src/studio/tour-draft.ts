import { Language, VoiceId } from '@fantwin/shared/characters';
import { type CharacterId, UserId, VrmModelId } from '@fantwin/shared/ids';
import { z } from 'zod';
import { emptyTwin, isFaultless, type TwinValues } from './twin-values.ts';

export const steps = ['avatar', 'who', 'voice', 'preview', 'live'] as const;
export type Step = (typeof steps)[number];

/** What the tour has so far. */
export type Draft = {
  values: TwinValues;
  /** It has been made by a try before this, but is not live yet. Not kept: after a reload it is a twin like others. */
  characterId?: CharacterId;
};

const Stored = z.object({
  userId: UserId,
  values: z.object({
    name: z.string(),
    tagline: z.string(),
    greeting: z.string(),
    persona: z.string(),
    language: Language,
    voice: VoiceId.nullable(),
    vrmModelId: VrmModelId.nullable(),
  }),
});

export const packDraft = (userId: string, { values }: Draft): string => JSON.stringify({ userId, values });

/** The draft in what was stored; an empty one where it is not this person's, or not one at all. */
export function unpackDraft(stored: string | undefined, userId: string, language: Language): Draft {
  try {
    const { userId: whose, values } = Stored.parse(JSON.parse(stored ?? ''));
    if (whose === userId) return { values };
  } catch {
    // of another release, or touched by somebody
  }
  return { values: emptyTwin(language) };
}

const isDone: Record<Step, (values: TwinValues) => boolean> = {
  avatar: ({ vrmModelId }) => vrmModelId !== null,
  who: isFaultless,
  voice: () => true, // the usual one
  preview: () => true,
  live: () => false,
};

/** The first step that still wants something: no later one can be entered. */
export const firstOpenStep = ({ values }: Draft): Step => steps.find((step) => !isDone[step](values)) ?? 'live';

export const canEnter = (draft: Draft, step: Step): boolean =>
  steps.indexOf(step) <= steps.indexOf(firstOpenStep(draft));

/** The one beside it; undefined at the ends. */
export const stepBeside = (step: Step, by: 1 | -1): Step | undefined => steps[steps.indexOf(step) + by];
