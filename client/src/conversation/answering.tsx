import type { ConversationId } from '@fantwin/shared/ids';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../account/use-user.ts';
import { useErrorText } from '../i18n/use-error-text.ts';
import { useNet } from '../net/net.ts';
import { toRequestError } from '../net/request-error.ts';
import { Button } from '../ui/button.tsx';
import { StopIcon } from '../ui/icons.tsx';
import { toast } from '../ui/toaster.tsx';
import { myPlace } from './place.ts';
import { useSpeaking } from './use-caption.ts';
import { useRoom } from './use-conversation.ts';
import type { View } from './view.ts';

/** Between the chat and the composer: my place in line, and the button that stops an answer. */
export function Answering({ conversationId, view }: { conversationId: ConversationId; view: View }) {
  const { t } = useTranslation();
  const { connection, clock } = useNet();
  const errorText = useErrorText();
  const userId = useUser()?.id;
  const places = useRoom(conversationId, (room) => room.places);
  const speaking = useSpeaking(view.speech, clock);
  const [stopping, setStopping] = useState(false);

  const { kind, character, canReply } = view.conversation;
  const mayStop = view.you.canModerate || kind === 'private';
  const replyId = view.reply?.replyId ?? (speaking ? view.speech?.replyId : undefined);
  const place = userId && canReply ? myPlace(places, view) : undefined;

  async function stop(): Promise<void> {
    if (!replyId) return;
    setStopping(true);
    try {
      await connection.request('reply:stop', { replyId });
    } catch (thrown) {
      const error = toRequestError(thrown);
      if (error.code !== 'not-found' && error.code !== 'conflict') toast(errorText(error), 'bad'); // those: it is over
    } finally {
      setStopping(false);
    }
  }

  return (
    <div className="flex min-h-0 flex-wrap items-center justify-between gap-2 empty:hidden">
      {place !== undefined && (
        <p role="status" className="animate-fade py-1 text-sm text-ink-soft">
          {t('conversation.place', { count: place, name: character.name })}
        </p>
      )}
      {mayStop && replyId && (
        <Button look="outline" size="small" className="ml-auto" busy={stopping} onClick={() => void stop()}>
          <StopIcon className="text-bad" /> {t('conversation.stop')}
        </Button>
      )}
    </div>
  );
}
