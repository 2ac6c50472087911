import type { Notice } from '@fantwin/shared/live';
import type { Net } from '../net/net.ts';
import type { ConversationStore } from './store.ts';

type Deps = {
  net: Pick<Net, 'connection' | 'session'>;
  store: Pick<ConversationStore, 'getState'>;
  /** Tells the person. */
  say: (notice: Notice) => void;
};

/** What the server tells one person: places in line go to their conversation, everything else is said. */
export function listenToNotices({ net, store, say }: Deps): () => void {
  return net.connection.on('notice', (notice) => {
    const { kind, conversationId, messageId, place } = notice;
    if (kind === 'place') {
      if (conversationId && messageId && place !== undefined)
        store.getState().setPlace(conversationId, messageId, place);
      return;
    }
    if (kind === 'signed-out') net.session.forget();
    say(notice);
  });
}
