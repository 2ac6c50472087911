import { ConversationId } from '@fantwin/shared/ids';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useConversation, useRoom } from '../conversation/use-conversation.ts';
import { OverlayTwin } from './overlay-twin.tsx';
import { type OverlayOptions, readOptions } from './overlay-options.ts';
import { useGuest } from './use-guest.ts';
import { useTrouble } from './use-trouble.ts';

/** Who is not let in asks again: a conversation may be opened again. */
const AGAIN_MS = 15_000;

/** A conversation's twin for the picture of a live stream: nothing behind it, nothing to press, nobody at the keys. */
export function OverlayPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { options, faults } = readOptions(search);
  const id = ConversationId.safeParse(useParams().conversationId);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    document.documentElement.dataset.overlay = '';
    return () => void delete document.documentElement.dataset.overlay;
  }, []);

  const notes = faults.length > 0 ? [t('overlay.options', { options: faults.join(', ') })] : [];
  return (
    <main className="fixed inset-0 overflow-hidden">
      {id.success ? (
        <Followed
          key={tries}
          conversationId={id.data}
          options={options}
          notes={notes}
          again={() => setTries((before) => before + 1)}
        />
      ) : (
        <Notes notes={[...notes, t('overlay.address')]} />
      )}
    </main>
  );
}

type Props = {
  conversationId: ConversationId;
  options: OverlayOptions;
  notes: readonly string[];
  again: () => void;
};

function Followed({ conversationId, options, notes, again }: Props) {
  const { t } = useTranslation();
  const entering = useGuest();
  useConversation(conversationId);
  const refusal = useRoom(conversationId, (room) => room.refusal);
  useEffect(() => {
    if (!refusal) return undefined;
    const timer = setTimeout(again, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [refusal, again]);
  const view = useRoom(conversationId, ({ log }) => log.view);
  const trouble = useTrouble({ failure: entering ?? refusal, ended: view?.ended ?? false });
  return (
    <>
      <h1 className="sr-only">{view?.conversation.title ?? t('app.name')}</h1>
      {view && <OverlayTwin conversationId={conversationId} view={view} options={options} />}
      <Notes notes={[...notes, ...(trouble ? [trouble] : [])]} />
    </>
  );
}

/** What is wrong. Not at once: most of it is over before anybody reads. */
function Notes({ notes }: { notes: readonly ReactNode[] }) {
  return (
    <div role="status" className="absolute top-3 left-3 grid justify-items-start gap-1 text-sm">
      {notes.map((note, i) => (
        <p
          key={i}
          className="max-w-[60vw] animate-fade rounded-full bg-caption px-3 py-1 text-white [animation-delay:2s]"
        >
          {note}
        </p>
      ))}
    </div>
  );
}
