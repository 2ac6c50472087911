import { withDeadline } from '../core/deadline.ts';

/** Resolves when the thing works; rejects or takes too long when it does not. */
export type ReadyChecks = Record<string, () => Promise<unknown>>;

export type ReadyAnswer = { status: 200 | 404 | 503; body: { ready: boolean; missing: string[]; draining?: true } };

export type Readiness = ReturnType<typeof createReadiness>;

type Dependencies = {
  checks: ReadyChecks;
  onChecked?: (name: string, works: boolean, seconds: number) => void;
  /** When what is missing is not what was missing before. */
  onChange: (missing: string[]) => void;
};

const CHECK_TIMEOUT_MS = 1_000;
/** HAProxy takes a server that keeps it waiting for a second for a frozen one, and cuts its clients off. */
const BALANCER_PATIENCE_MS = 300;

/** Says whether this server can do its work, to people and to those who send it clients. */
export function createReadiness({ checks, onChecked, onChange }: Dependencies) {
  let running: Promise<string[]> | undefined;
  let known: string[] = [];
  let draining = false;

  async function check(name: string, ask: () => Promise<unknown>): Promise<string[]> {
    const startedAt = performance.now();
    const works = await withDeadline(ask(), CHECK_TIMEOUT_MS, 'no answer').then(
      () => true,
      () => false,
    );
    onChecked?.(name, works, (performance.now() - startedAt) / 1000);
    return works ? [] : [name];
  }

  async function checkAll(): Promise<string[]> {
    const missing = (await Promise.all(Object.entries(checks).map(([name, ask]) => check(name, ask)))).flat();
    if (missing.join() !== known.join()) onChange(missing);
    known = missing;
    return missing;
  }

  /** What is missing now. Callers who ask at once share one answer. */
  function missingNow(): Promise<string[]> {
    running ??= checkAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  /**
   * What `/readyz` says, and `/readyz?for=...` to those who send clients: taking every server out because a store is away
   * from all of them would turn slow requests into none.
   * - `haproxy`: 404 where something is missing takes a server from the choice without cutting off its clients
   *   (`http-check disable-on-404`). One that goes away refuses connections, which HAProxy hands to another at once; told
   *   before, it would wait a second where only one other is left.
   * - `kubernetes`: 503 from a server that goes away, and from no other.
   */
  async function answer(asker?: unknown): Promise<ReadyAnswer> {
    const forBalancer = asker === 'haproxy' || asker === 'kubernetes';
    const missing = forBalancer
      ? await withDeadline(missingNow(), BALANCER_PATIENCE_MS, 'no answer yet').catch(() => known)
      : await missingNow();
    const ready = missing.length === 0 && !draining;
    const body = { ready, missing, ...(draining && { draining: true as const }) };
    if (asker === 'haproxy') return { status: missing.length === 0 ? 200 : 404, body };
    if (asker === 'kubernetes') return { status: draining ? 503 : 200, body };
    return { status: ready ? 200 : 503, body };
  }

  return {
    answer,
    missingNow,

    /** From now on nobody new is sent here. */
    drain(): void {
      draining = true;
    },
  };
}
