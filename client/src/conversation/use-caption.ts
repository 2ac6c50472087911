import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { PlatformClock } from '../net/clock.ts';
import { type Caption, captionAt } from './captions.ts';
import type { Speech } from './view.ts';

/** What is being said right now. It wakes up when that changes, not every frame. */
export function useCaption(speech: Speech | undefined, clock: PlatformClock): Caption | undefined {
  const [caption, setCaption] = useState<Caption>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function show() {
      const now = clock.now();
      const { caption: current, changesAt } = captionAt(speech?.sentences ?? [], now);
      setCaption(current);
      if (changesAt !== undefined) timer = setTimeout(show, Math.max(changesAt - now, 4));
    }
    show();
    return () => clearTimeout(timer);
  }, [speech, clock]);
  return caption;
}

/** Whether a reply that is whole is still being said. */
export function useSpeaking(speech: Speech | undefined, clock: PlatformClock): boolean {
  const until = speech?.until ?? 0;
  const atItsEnd = useCallback(
    (listener: () => void) => {
      const timer = setTimeout(listener, Math.max(until - clock.now(), 0));
      return () => clearTimeout(timer);
    },
    [until, clock],
  );
  return useSyncExternalStore(atItsEnd, () => until > clock.now());
}
