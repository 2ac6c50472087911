/** A browser gives a lost context back within this time, or it is replaced: both before a visitor waits. */
const GRACE_MS = 300;
/** Pauses between tries to get another: a driver that has just died needs its time. */
const TRIES_AFTER_MS = [0, 300, 700, 1_500, 3_000, 6_000];

type Deps = {
  /** Makes another screen. Throws when there is none to have now. */
  replace: () => void;
  /** There is none to have at all. */
  giveUp: () => void;
};

export type Recovery = ReturnType<typeof createRecovery>;

/** What to do about a graphics context that was lost. */
export function createRecovery({ replace, giveUp }: Deps) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tryAgain(tries: number): void {
    const pause = TRIES_AFTER_MS[tries];
    if (pause === undefined) return giveUp();
    timer = setTimeout(() => {
      try {
        replace();
      } catch {
        tryAgain(tries + 1);
      }
    }, pause);
  }

  return {
    lost(): void {
      clearTimeout(timer);
      timer = setTimeout(() => tryAgain(0), GRACE_MS);
    },
    /** It is back by itself, or nobody wants it any more. */
    cancel(): void {
      clearTimeout(timer);
    },
  };
}
