import { useCallback, useEffect, useRef, useState } from 'react';
import { warn } from '../log.ts';
import type { Direction, PlatformClock } from './avatar.ts';
import type { Activity } from './idle.ts';
import type { Performance } from './performance.ts';
import { type StageReport, StageScene } from './stage-scene.ts';

export type StageWords = {
  loading: string;
  failed: string;
  retry: string;
  noWebgl: string;
};

type Props = {
  avatarUrl: string;
  performance: Performance;
  clock: PlatformClock;
  /** What the character does beside speaking. */
  state: Activity;
  reducedMotion: boolean;
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

/** A lost graphics context that is not given back within this time is replaced. */
const RECOVERY_MS = 2_000;

type Status = { is: 'loading'; part: number } | { is: 'ready' } | { is: 'failed' } | { is: 'no-webgl' };

/** The avatar on its canvas. It is loaded lazily: three.js comes with it. */
export default function Stage(props: Props) {
  // Another number is another canvas: a context that was lost for good cannot be had again on the same one.
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return <StageCanvas key={`${props.avatarUrl} ${attempt}`} {...props} again={again} />;
}

function StageCanvas(props: Props & { again: () => void }) {
  const { avatarUrl, performance, clock, state, reducedMotion, label, words = english, again } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [status, setStatus] = useState<Status>({ is: 'loading', part: 0 });
  const direction = useRef<Direction>({ performance, clock, activity: state, reducedMotion });
  useEffect(() => {
    Object.assign(direction.current, { performance, clock, activity: state, reducedMotion });
  }, [performance, clock, state, reducedMotion]);

  useEffect(() => {
    if (!box.current || !canvas.current) return undefined;
    return runStage(box.current, canvas.current, direction.current, { avatarUrl, setStatus, again });
  }, [avatarUrl, again]);

  const shown = status.is === 'ready';
  return (
    <div ref={box} className="absolute inset-0" data-status={status.is}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className={`absolute inset-0 size-full transition-opacity duration-500 ${shown ? '' : 'opacity-0'}`}
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

type Running = { avatarUrl: string; setStatus: (status: Status) => void; again: () => void };

function runStage(
  box: HTMLElement,
  canvas: HTMLCanvasElement,
  direction: Direction,
  { avatarUrl, setStatus, again }: Running,
): () => void {
  const scene = openScene(canvas, direction, (state) => describe(box, state));
  if (!scene) {
    setStatus({ is: 'no-webgl' });
    return () => undefined;
  }
  const end = new AbortController();
  const { signal } = end;
  const device = matchMedia('(pointer: coarse)').matches ? 'phone' : 'desktop';
  const resize = (): void => scene.resize(box.clientWidth, box.clientHeight, device, devicePixelRatio);
  const sizes = new ResizeObserver(resize);
  sizes.observe(box);
  resize();
  document.addEventListener('visibilitychange', () => scene.setVisible(!document.hidden), { signal });
  scene.setVisible(!document.hidden);

  let recovery: ReturnType<typeof setTimeout> | undefined;
  canvas.addEventListener('webglcontextlost', () => (recovery = setTimeout(again, RECOVERY_MS)), { signal });
  canvas.addEventListener('webglcontextrestored', () => clearTimeout(recovery), { signal });

  scene.show(avatarUrl, { signal, onProgress: (part) => setStatus({ is: 'loading', part }) }).then(
    () => setStatus({ is: 'ready' }),
    (error: unknown) => {
      if (signal.aborted) return;
      warn('the avatar could not be loaded', error);
      setStatus({ is: 'failed' });
    },
  );
  return () => {
    clearTimeout(recovery);
    end.abort();
    sizes.disconnect();
    scene.close();
  };
}

function openScene(...[canvas, direction, report]: ConstructorParameters<typeof StageScene>): StageScene | undefined {
  try {
    return new StageScene(canvas, direction, report);
  } catch {
    return undefined;
  }
}

/** For tests and for styling: what the face does, on the element itself. */
function describe(box: HTMLElement, { mouth, mood, speaking, blink }: StageReport): void {
  box.dataset.mouth = mouth.toFixed(2);
  box.dataset.mood = mood;
  box.dataset.speaking = String(speaking);
  box.dataset.blink = blink.toFixed(2);
}
