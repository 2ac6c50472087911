import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { createBrowserRouter, Outlet, RouterProvider, ScrollRestoration } from 'react-router';
import { Header } from './account/header.tsx';
import { SignInPage } from './account/sign-in-page.tsx';
import { BrokenPage } from './broken-page.tsx';
import { ConversationPage } from './conversation/conversation-page.tsx';
import { HomePage } from './home/home-page.tsx';
import { type Net, NetProvider } from './net/net.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { OverlayPage } from './overlay/overlay-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { Toaster } from './ui/toaster.tsx';

const Reviews = lazy(() => import('./moderation/reviews-page.tsx'));
const Studio = lazy(() => import('./studio/studio.tsx'));

const router = createBrowserRouter([
  {
    element: <Frame />,
    errorElement: <BrokenPage />,
    children: [
      {
        element: <WithHeader />,
        children: [
          { path: '/', element: <HomePage /> },
          { path: '/sign-in', element: <SignInPage /> },
          { path: '/settings', element: <SettingsPage /> },
          { path: '/moderation/avatars', element: <Reviews /> },
          { path: '/studio/*', element: <Studio /> },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
      { path: '/c/:conversationId', element: <ConversationPage /> },
    ],
  },
  { path: '/overlay/:conversationId', element: <OverlayPage />, errorElement: <></> },
]);

/** A refused request is not made better by asking twice; one that found nobody may be. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } });

export function App({ net }: { net: Net }) {
  return (
    <ErrorBoundary fallback={<BrokenPage />}>
      <NetProvider value={net}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </NetProvider>
    </ErrorBoundary>
  );
}

function Frame() {
  const { t } = useTranslation();
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-full bg-surface px-4 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('app.skip')}
      </a>
      <Outlet />
      <Toaster label={t('app.notifications')} closeLabel={t('app.close')} />
      <ScrollRestoration />
    </>
  );
}

function WithHeader() {
  return (
    <div className="flex min-h-dvh flex-col">
      <Header />
      <Suspense>
        <Outlet />
      </Suspense>
    </div>
  );
}
