import { useSyncExternalStore } from 'react';

const TICK_MS = 250;

function ticking(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}
const resting = () => () => undefined;

/** Whole seconds left until `at`, ms since 1970 by this device; 0 when it is over or not set. */
export function useCountdown(at: number | undefined): number {
  const left = () => (at === undefined ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1000)));
  return useSyncExternalStore(at === undefined ? resting : ticking, left);
}
