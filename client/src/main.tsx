import './zod-config.ts';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { config } from './config.ts';
import { listenToNotices } from './conversation/notices.ts';
import { joinedNow, conversationStore } from './conversation/store.ts';
import { i18n, startI18n } from './i18n/i18n.ts';
import { createNet } from './net/net.ts';
import { startMotion } from './settings/motion-setting.ts';
import { recall, remember } from './ui/remember.ts';
import { startTheme } from './ui/theme.ts';
import { toast } from './ui/toaster.tsx';

const net = createNet({
  serverUrl: config.serverUrl,
  joined: () => joinedNow(conversationStore.getState().rooms),
});

// A socket belongs to one person: it is opened with a sign-in and opened anew for another person.
net.session.state.subscribe(({ user }, before) => {
  if (user?.id === before.user?.id) return;
  if (user) net.connection.reconnect();
  else net.connection.close();
});
listenToNotices({
  net,
  store: conversationStore,
  say: ({ kind, text }) => {
    if (kind === 'place') return;
    const known = i18n.t(`notices.${kind === 'signed-out' ? 'signedOut' : kind}`);
    toast(i18n.language === 'en' && text !== '' ? text : known, kind === 'held' ? 'plain' : 'warn');
  },
});

// The refresh cookie cannot be seen from here: asking for a session that nobody began would only be refused.
net.session.state.subscribe(({ status }) => status !== 'starting' && remember('session', status));
if (recall('session', ['signed-in'])) void net.session.renew().catch(() => undefined);
else net.session.forget();

startTheme();
startMotion();
void startI18n().then(() => {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <App net={net} />
    </StrictMode>,
  );
});
