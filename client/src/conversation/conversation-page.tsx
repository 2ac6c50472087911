import type { Character } from '@fantwin/shared/characters';
import { ConversationId } from '@fantwin/shared/ids';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../account/use-user.ts';
import { prepareStage } from '../avatar/lazy-stage.tsx';
import { useLiveConversations } from '../home/use-home.ts';
import { useErrorText } from '../i18n/use-error-text.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { SettingsPopover } from '../settings/settings-popover.tsx';
import { Button } from '../ui/button.tsx';
import { BackIcon, LockIcon } from '../ui/icons.tsx';
import { useTitle } from '../ui/use-title.ts';
import { ChatPane } from './chat-pane.tsx';
import { Preview } from './preview.tsx';
import { StagePane } from './stage-pane.tsx';
import { useConversation, useRoom } from './use-conversation.ts';

export function ConversationPage() {
  const id = ConversationId.safeParse(useParams().conversationId);
  return id.success ? <Conversation key={id.data} conversationId={id.data} /> : <NotFoundPage />;
}

function Conversation({ conversationId }: { conversationId: ConversationId }) {
  useConversation(conversationId);
  useEffect(() => prepareStage(), []); // its code comes beside what the page asks for
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { status } = useSession();
  const view = useRoom(conversationId, ({ log }) => log.view);
  const refusal = useRoom(conversationId, (room) => room.refusal);
  const live = useLiveConversations();
  const summary = live.data?.items.find(({ id }) => id === conversationId);
  const [stranger, setStranger] = useState(false);
  if (status === 'signed-out' && !stranger) setStranger(true);

  const gone = refusal?.code === 'not-found';
  if (refusal && !(gone && view?.ended)) {
    return <Refused title={t('conversation.refused')} text={gone ? t('conversation.gone') : errorText(refusal)} />;
  }
  if (status === 'signed-in' && view) {
    const { title, character, kind } = view.conversation;
    return (
      <Layout
        title={kind === 'live' ? title : character.name}
        isPrivate={kind === 'private'}
        stage={<StagePane conversationId={conversationId} character={character} isPrivate={kind === 'private'} />}
      >
        <ChatPane conversationId={conversationId} view={view} justEntered={stranger} />
      </Layout>
    );
  }
  if (summary) {
    return (
      <Layout
        title={summary.title}
        isPrivate={false}
        stage={<StagePane conversationId={conversationId} character={summary.character} />}
      >
        {status === 'signed-out' ? <Preview conversation={summary} /> : <Opening character={summary.character} />}
      </Layout>
    );
  }
  if (status === 'signed-out' && !live.isPending) {
    return <Refused title={t('conversation.refused')} text={t('conversation.gone')} signIn />;
  }
  return <Opening />;
}

function Layout({
  title,
  isPrivate,
  stage,
  children,
}: {
  title: string;
  isPrivate: boolean;
  stage: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 px-1.5 wide:px-3">
        <Button asChild look="ghost" size="icon">
          <Link to="/" aria-label={t('conversation.back')}>
            <BackIcon />
          </Link>
        </Button>
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</h1>
        {isPrivate && (
          <span className="flex items-center gap-1.5 rounded-full bg-sunken px-3 py-1 text-sm text-ink-soft">
            <LockIcon /> {t('conversation.privateBadge')}
          </span>
        )}
        <SettingsPopover />
      </header>
      <main
        id="content"
        className="flex min-h-0 flex-1 flex-col wide:grid wide:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] wide:gap-4 wide:px-4 wide:pb-4"
      >
        {stage}
        <section
          aria-label={t('conversation.chat')}
          className="flex min-h-0 flex-1 flex-col overflow-hidden bg-paper wide:rounded-3xl wide:border wide:border-line"
        >
          {children}
        </section>
      </main>
    </div>
  );
}

function Opening({ character }: { character?: Character }) {
  const { t } = useTranslation();
  return (
    <p role="status" className="m-auto animate-fade p-10 text-center text-ink-soft [animation-delay:400ms]">
      {t('conversation.joining')}
      {character && <span className="sr-only">: {character.name}</span>}…
    </p>
  );
}

function Refused({ title, text, signIn = false }: { title: string; text: string; signIn?: boolean }) {
  const { t } = useTranslation();
  return (
    <main id="content" className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-4 px-6">
      <h1 className="font-display text-3xl">{title}</h1>
      <p className="text-ink-soft">{text}</p>
      <div className="flex gap-2">
        <Button asChild>
          <Link to="/">{t('notFound.home')}</Link>
        </Button>
        {signIn && (
          <Button asChild look="outline">
            <Link to="/sign-in">{t('header.signIn')}</Link>
          </Button>
        )}
      </div>
    </main>
  );
}
