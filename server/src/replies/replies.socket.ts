import type { requests } from '@fantwin/shared/live';
import { onRequest, type RequestTable } from '../platform/sockets.ts';
import type { Stopping } from './stopping.ts';

export function replyRequests(table: RequestTable<typeof requests>, { stop }: Stopping): void {
  onRequest(table, 'reply:stop', async ({ replyId }, who) => {
    await stop(who, replyId);
    return {};
  });
}
