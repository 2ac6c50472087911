import type { requests } from '@fantwin/shared/live';
import { onRequest, type RequestTable } from '../platform/sockets.ts';
import type { Chat } from './chat.ts';

export function chatRequests(table: RequestTable<typeof requests>, chat: Chat): void {
  onRequest(table, 'message:send', (input, who) => chat.send(who, input));
}
