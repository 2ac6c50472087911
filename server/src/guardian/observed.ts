import type { VerdictAction } from '@fantwin/shared/guardian';
import type { Gate, Guardian, Released } from './verdict.ts';

type Direction = 'input' | 'output';
type Observer = {
  /** What one message, or one frame of a reply, took. */
  took: (direction: Direction, ms: number) => void;
  decided: (direction: Direction, action: VerdictAction) => void;
};

/** The same guardian, with its time and its verdicts told. */
export function observedGuardian(guardian: Guardian, observe: Observer): Guardian {
  async function timed<T>(direction: Direction, work: () => T | Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const done = await work();
    observe.took(direction, performance.now() - startedAt);
    return done;
  }

  async function judge(work: () => Released | Promise<Released>): Promise<Released> {
    const released = await timed('output', work);
    const verdict = released.blocked?.verdict ?? released.verdict;
    if (verdict) observe.decided('output', verdict.action);
    return released;
  }

  return {
    async screenInput(text, context) {
      const screened = await timed('input', () => guardian.screenInput(text, context));
      observe.decided('input', screened.verdict.action);
      return screened;
    },
    openGate(context, published): Gate {
      const gate = guardian.openGate(context, published);
      return { push: (text) => judge(() => gate.push(text)), end: () => judge(() => gate.end()) };
    },
  };
}
