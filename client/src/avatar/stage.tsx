import { useCallback, useEffect, useRef, useState } from 'react';
import type { Activity } from './activity.ts';
import type { Direction, PlatformClock } from './avatar.ts';
import type { Framing } from './framing.ts';
import type { Performance } from './performance.ts';
import type { StageQuality } from './quality.ts';
import { type RunningStage, runStage, type StageApi, type StageStatus } from './run-stage.ts';

export type { StageApi } from './run-stage.ts';

export type StageWords = {
  loading: string;
  failed: string;
  retry: string;
  noWebgl: string;
};

export type StageProps = {
  /** A VRM 0.x or 1.0 file. Another address is another avatar on the same stage. */
  avatarUrl: string;
  /** What is said: the mouth, the mood and the gestures hang on it. */
  performance: Performance;
  /** What the lips go by: the voice's clock where there is one. */
  clock: PlatformClock;
  /** What the character does beside speaking. */
  state: Activity;
  /** Leaves the breath and the mouth. */
  reducedMotion: boolean;
  /** How finely it is drawn; `auto` (the default) goes by the device, and steps down once where frames are few. */
  quality?: StageQuality;
  /** Head and shoulders (the default), or all of the figure. */
  framing?: Framing;
  /** Told each time an avatar has come onto the stage. What it gives works until the stage is gone. */
  onReady?: (api: StageApi) => void;
  /** Who is to be seen, for those who do not see it. */
  label: string;
  words?: StageWords;
};

const english: StageWords = {
  loading: 'The avatar is coming',
  failed: 'The avatar could not be shown.',
  retry: 'Try again',
  noWebgl: 'This browser cannot draw the avatar. The conversation works without it.',
};

/** The avatar on its canvas. It is loaded lazily: three.js comes with it. */
export default function Stage(props: StageProps) {
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return <StageBox key={attempt} {...props} again={again} />;
}

function StageBox(props: StageProps & { again: () => void }) {
  const { avatarUrl, performance, clock, state, reducedMotion, label, words = english, again } = props;
  const { quality = 'auto', framing = 'portrait', onReady } = props;
  const box = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState<StageStatus>({ is: 'loading', part: 0 });
  const [stage, setStage] = useState<RunningStage>();
  const direction = useRef<Direction>({ performance, clock, activity: state, reducedMotion });
  useEffect(() => {
    Object.assign(direction.current, { performance, clock, activity: state, reducedMotion });
  }, [performance, clock, state, reducedMotion]);

  const firstQuality = useRef(quality);
  useEffect(() => {
    if (!box.current || !holder.current) return undefined;
    const running = runStage({
      box: box.current,
      holder: holder.current,
      direction: direction.current,
      quality: firstQuality.current,
      onStatus: setStatus,
    });
    setStage(running);
    return () => running?.close();
  }, []);
  useEffect(() => stage?.setFraming(framing), [stage, framing]);
  useEffect(() => stage?.show(avatarUrl), [stage, avatarUrl]);
  useEffect(() => stage?.setQuality(quality), [stage, quality]);

  const shown = status.is === 'ready';
  useEffect(() => {
    if (shown && stage) onReady?.(stage.api);
  }, [shown, stage, onReady]);

  return (
    <div ref={box} className="absolute inset-0" data-status={status.is}>
      <div
        ref={holder}
        role="img"
        aria-label={label}
        className={`absolute inset-0 transition-opacity duration-500 ${shown ? '' : 'opacity-0'}`}
      />
      {!shown && (
        <div className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center">
          {status.is === 'loading' && <Progress label={words.loading} part={status.part} />}
          {status.is === 'no-webgl' && <p role="status">{words.noWebgl}</p>}
          {status.is === 'failed' && (
            <>
              <p role="alert">{words.failed}</p>
              <button type="button" className="min-h-11 rounded-full border px-5 font-medium" onClick={again}>
                {words.retry}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

function Progress({ label, part }: { label: string; part: number }) {
  const percent = Math.round(part * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <span aria-hidden="true" className="block h-1.5 w-40 overflow-hidden rounded-full bg-current/15">
        <span className="block h-full rounded-full bg-current/60 transition-[width]" style={{ width: `${percent}%` }} />
      </span>
    </div>
  );
}
