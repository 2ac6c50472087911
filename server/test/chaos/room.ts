import type { ConversationId } from '@fantwin/shared/ids';
import { type Fan, RequestError, waitFor } from '../fan.ts';
import type { ChaosFan } from './chaos-fan.ts';
import type { KnownLog } from './judge.ts';
import { askFor } from './stories.ts';

export type Asked = { messageId: string; story: string };

const SEND_MS = 45_000;
const SEND_TRY_MS = 2_000;
const PAUSE_MS = 200;

/** One live conversation, the fans in it and what they asked for. */
export class Room {
  readonly asked: Asked[] = [];
  /** What is known of its log, also of epochs that Redis lost. */
  readonly log: KnownLog = new Map();

  constructor(
    readonly id: ConversationId,
    readonly fans: readonly ChaosFan[],
  ) {}

  /** Sends as a client does: the same message with the same key until it is acknowledged. */
  async ask(fan: Fan, story: string): Promise<Asked> {
    const message = { conversationId: this.id, clientKey: crypto.randomUUID(), text: askFor(story) };
    const giveUpAt = performance.now() + SEND_MS;
    for (;;) {
      try {
        const ack = await fan.socket.timeout(SEND_TRY_MS).emitWithAck('message:send', message);
        if (!ack.ok) throw new RequestError(ack.error);
        const asked = { messageId: ack.data.messageId as string, story };
        this.asked.push(asked);
        return asked;
      } catch (error) {
        if (performance.now() > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  /** Resolves with the reply once some of its text is there, and more is to come. */
  async midReply({ messageId }: Asked, chars: number): Promise<string> {
    const [fan] = this.fans;
    if (!fan) throw new Error('nobody is here');
    const started = await waitFor(
      () => fan.of('reply.started').find(({ replyTo }) => replyTo === messageId),
      `the reply in ${this.id} starts`,
      30_000,
    );
    await waitFor(() => fan.textOf(started.replyId).length >= chars, `the reply in ${this.id} is told`, 30_000);
    return started.replyId;
  }

  close(): void {
    for (const fan of this.fans) fan.close();
  }
}
