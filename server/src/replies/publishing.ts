import type { EventBody } from '@fantwin/shared/events';
import type { EventLog, Fence } from '../conversations/events.log.ts';
import { AppError } from '../core/errors.ts';
import { backoffMs, sleep } from '../core/sleep.ts';

/** A newer fence exists: what this maker does is void. */
export class ShutOut extends Error {}

/** How long a maker tries to reach Redis before it leaves the reply to another. */
const PATIENCE_MS = 15_000;
/** A mouth that is silenced is free earlier than was said. */
const MOUTH_CHECK_MS = 1_000;

export const isUnavailable = (error: unknown): boolean => error instanceof AppError && error.code === 'unavailable';

/** Appends under the fence; waits while another reply is spoken, and while Redis is away. Throws `ShutOut`. */
export async function publish(
  log: Pick<EventLog, 'append'>,
  conversationId: string,
  event: EventBody,
  fence: Fence,
  signal?: AbortSignal,
): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt += 1) {
    if (signal?.aborted) throw new ShutOut();
    try {
      const appended = await log.append(conversationId, event, fence);
      if (appended.state === 'fenced') throw new ShutOut();
      if (appended.state !== 'wait') return;
      await sleep(Math.min(appended.ms, MOUTH_CHECK_MS), signal);
    } catch (error) {
      if (!isUnavailable(error) || performance.now() > giveUpAt) throw error;
      await sleep(backoffMs(attempt, 50, 1_000), signal);
    }
  }
}
