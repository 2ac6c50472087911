import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PlatformClock } from '../avatar/avatar.ts';
import { config } from '../config.ts';
import type { Speech } from '../conversation/view.ts';
import { warn } from '../log.ts';
import { type AudioOutput, createAudioOutput } from './audio-output.ts';
import { fetchSound } from './fetch-sound.ts';
import { createVoice } from './voice.ts';
import { useVoiceSetting } from './voice-setting.ts';

/** One for the page, and only where something may be heard. */
let output: AudioOutput | undefined;
const pageOutput = (): AudioOutput => (output ??= createAudioOutput());
const subscribe = (listener: () => void) => pageOutput().subscribe(listener);
const isOpen = () => pageOutput().isOpen();

/**
 * Says aloud what is said, where the visitor wants it; `asked` counts instead of their choice. `clock` is what the lips
 * go by. `untouched`: nobody will touch the page, but some programs that show pages let it be heard all the same.
 */
export function useVoice(
  speech: Speech | undefined,
  clock: PlatformClock,
  asked?: boolean,
  untouched = false,
): { clock: PlatformClock; locked: boolean } {
  const wanted = useVoiceSetting((state) => state.on);
  const on = asked ?? wanted;
  const voice = useMemo(
    () =>
      createVoice({
        output: pageOutput(),
        clock,
        fetchSound: (url, signal) => fetchSound(config.serverUrl + url, signal),
        onMissing: (error) => warn('a sentence has no sound', error),
      }),
    [clock],
  );
  useEffect(() => voice.open(), [voice]);
  useEffect(() => voice.turn(on), [voice, on]);
  useEffect(() => voice.show(speech), [voice, speech]);
  useEffect(() => {
    if (on && untouched) pageOutput().unlock();
  }, [on, untouched]);
  const open = useSyncExternalStore(subscribe, isOpen);
  return { clock: voice, locked: !open };
}
