import type { Language, VoiceId } from '@fantwin/shared/characters';
import type { ReplyId } from '@fantwin/shared/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { createPerformance } from '../avatar/performance.ts';
import { config } from '../config.ts';
import { useCaption, useSpeaking } from '../conversation/use-caption.ts';
import type { Speech } from '../conversation/view.ts';
import { warn } from '../log.ts';
import { useNet } from '../net/net.ts';
import { fetchSound } from '../voice/fetch-sound.ts';
import { useVoice } from '../voice/use-voice.ts';

export type Line = { text: string; language: Language; voice: VoiceId | null };

/** From the press to the first sound: time for the face to be told. */
const LEAD_MS = 250;

export type Rehearsal = ReturnType<typeof useRehearsal>;

/** Hears a line before others do, with the mouth that goes with it. The same line is made once. */
export function useRehearsal() {
  const { api, clock: platformClock } = useNet();
  const queries = useQueryClient();
  const [speech, setSpeech] = useState<Speech>();
  const performance = useMemo(() => createPerformance(), []);
  useEffect(() => performance.show(speech), [performance, speech]);
  const { clock } = useVoice(speech, platformClock, true);

  const asked = useMutation({
    mutationFn: (line: Line) =>
      queries.fetchQuery({
        queryKey: ['rehearsal', line],
        queryFn: async ({ signal }) => {
          const spoken = await api('previewSpeech', { body: line }, signal);
          // It is here before its time comes. Without it the mouth moves all the same.
          if (spoken.url) {
            await fetchSound(config.serverUrl + spoken.url, signal).catch((error: unknown) =>
              warn('a sentence has no sound', error),
            );
          }
          return spoken;
        },
        staleTime: Infinity,
        retry: false,
      }),
    onSuccess: (spoken, { text }) => {
      const startsAt = platformClock.now() + LEAD_MS;
      setSpeech({
        replyId: `rehearsal-${startsAt}` as ReplyId,
        sentences: [{ index: 0, text, startsAt, ...spoken }],
        until: startsAt + spoken.durationMs,
      });
    },
  });

  return {
    performance,
    /** What the lips go by. */
    clock,
    caption: useCaption(speech, platformClock),
    speaking: useSpeaking(speech, platformClock),
    /** The line that is being made or was said last. */
    line: asked.variables,
    busy: asked.isPending,
    error: asked.error,
    /** It was said, and nobody was heard. */
    silent: asked.data !== undefined && asked.data.url === undefined,
    say: (line: Line): void => asked.mutate(line),
    stop: (): void => setSpeech(undefined),
  };
}
