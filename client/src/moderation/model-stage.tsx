import { Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyStage } from '../avatar/lazy-stage.tsx';
import { createPerformance } from '../avatar/performance.ts';
import { useErrorText } from '../i18n/use-error-text.ts';
import { toRequestError } from '../net/request-error.ts';
import { useReducedMotion } from '../settings/motion-setting.ts';
import { useQualitySetting } from '../settings/quality-setting.ts';
import { useFileUrl } from '../studio/use-file-url.ts';
import { Button } from '../ui/button.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';

const clock = { now: () => performance.now() };

/** The model itself, as fans would see it: it breathes and looks, and says nothing. */
export function ModelStage({ name, path }: { name: string; path: string }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { url, error, refetch } = useFileUrl(path, false);
  const silence = useMemo(() => createPerformance(), []);
  const reducedMotion = useReducedMotion();
  const quality = useQualitySetting((state) => state.quality);
  const failed = t('review.noStage');
  return (
    <div className="stage-light relative h-[min(28rem,70dvh)] overflow-hidden rounded-2xl">
      {!url && !error && (
        <p role="status" className="absolute inset-0 grid animate-breathe place-items-center">
          {t('conversation.avatarLoading', { name })}
        </p>
      )}
      {error && (
        <div
          role="alert"
          className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center"
        >
          <p>{errorText(toRequestError(error))}</p>
          <Button look="outline" size="small" onClick={() => void refetch()}>
            {t('app.retry')}
          </Button>
        </div>
      )}
      {url && (
        <ErrorBoundary fallback={<p className="p-6">{failed}</p>}>
          <Suspense>
            <LazyStage
              avatarUrl={url}
              performance={silence}
              clock={clock}
              state="idle"
              reducedMotion={reducedMotion}
              quality={quality}
              label={t('conversation.stage', { name })}
              words={{
                loading: t('conversation.avatarLoading', { name }),
                failed,
                retry: t('app.retry'),
                noWebgl: t('review.noWebgl'),
              }}
            />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  );
}
