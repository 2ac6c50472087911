import type { ErrorCode } from '@fantwin/shared/errors';
import type { ConversationId } from '@fantwin/shared/ids';
import { MessageText } from '@fantwin/shared/live';
import { toRequestError } from '../net/request-error.ts';
import type { Net } from '../net/net.ts';
import type { Outgoing } from './outgoing.ts';
import type { ConversationStore } from './store.ts';

/** Sending it again would be refused again. */
const hopeless = new Set<ErrorCode>(['blocked', 'bad-request', 'too-large', 'forbidden', 'not-found']);
export const mayRetry = (code: ErrorCode): boolean => !hopeless.has(code);

type Deps = {
  net: Pick<Net, 'connection' | 'clock'>;
  store: Pick<ConversationStore, 'getState'>;
  conversationId: ConversationId;
};

/** Shows the message at once and sends it. What becomes of it is in the store; this never throws. */
export async function sendMessage(deps: Deps, text: string): Promise<void> {
  const message: Outgoing = {
    clientKey: newClientKey(),
    text: MessageText.parse(text),
    sentAt: deps.net.clock.now(),
    state: 'sending',
  };
  deps.store.getState().addOutgoing(deps.conversationId, message);
  await deliver(deps, message);
}

/** The same message once more, with the same key. */
export async function sendAgain(deps: Deps, message: Outgoing): Promise<void> {
  const again = { state: 'sending', error: undefined, retryAt: undefined } as const;
  deps.store.getState().changeOutgoing(deps.conversationId, message.clientKey, again);
  await deliver(deps, message);
}

async function deliver({ net, store, conversationId }: Deps, { clientKey, text }: Outgoing): Promise<void> {
  const { changeOutgoing, setPlace } = store.getState();
  try {
    const accepted = await net.connection.request('message:send', { conversationId, clientKey, text });
    const { messageId, held, place } = accepted;
    changeOutgoing(conversationId, clientKey, { state: held ? 'held' : 'accepted', messageId });
    if (place !== undefined) setPlace(conversationId, messageId, place);
  } catch (thrown) {
    const { code, message, retryAfterMs } = toRequestError(thrown);
    const retryAt = retryAfterMs === undefined ? undefined : Date.now() + retryAfterMs;
    changeOutgoing(conversationId, clientKey, { state: 'failed', error: { code, message, retryAfterMs }, retryAt });
  }
}

/** `crypto.randomUUID` is missing where the page comes by plain HTTP from another machine. */
function newClientKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
