import { warn } from '../log.ts';
import type { Direction } from './avatar.ts';
import type { Framing } from './framing.ts';
import { type StageQuality, thisDevice } from './quality.ts';
import { type StageReport, StageScene } from './stage-scene.ts';

export type StageStatus = { is: 'loading'; part: number } | { is: 'ready' } | { is: 'failed' } | { is: 'no-webgl' };

/** What a page may ask of a stage whose avatar is there. */
export type StageApi = {
  /** A PNG of the avatar at this moment, on a transparent ground. Rejects while there is no avatar to be drawn. */
  picture(): Promise<Blob>;
};

export type RunningStage = {
  show(avatarUrl: string): void;
  setQuality(quality: StageQuality): void;
  setFraming(framing: Framing): void;
  readonly api: StageApi;
  close(): void;
};

type Deps = {
  /** Gives the size, and carries the state that others can read. */
  box: HTMLElement;
  /** Where the canvas goes. */
  holder: HTMLElement;
  direction: Direction;
  quality: StageQuality;
  onStatus: (status: StageStatus) => void;
};

/** A stage that follows its box's size, the page's visibility and what happens to its graphics. */
export function runStage({ box, holder, direction, quality, onStatus }: Deps): RunningStage | undefined {
  const scene = openScene({
    holder,
    direction,
    device: thisDevice(),
    quality,
    report: (state) => describe(box, state),
    onGone: () => onStatus({ is: 'failed' }),
  });
  if (!scene) {
    onStatus({ is: 'no-webgl' });
    return undefined;
  }
  const end = new AbortController();
  let loading = new AbortController();
  const resize = (): void => scene.resize(box.clientWidth, box.clientHeight, devicePixelRatio);
  const sizes = new ResizeObserver(resize);
  sizes.observe(box);
  resize();
  const onVisibility = (): void => scene.setVisible(!document.hidden);
  document.addEventListener('visibilitychange', onVisibility, { signal: end.signal });
  onVisibility();

  return {
    show(avatarUrl) {
      loading.abort();
      loading = new AbortController();
      const { signal } = loading;
      onStatus({ is: 'loading', part: 0 });
      scene.show(avatarUrl, { signal, onProgress: (part) => onStatus({ is: 'loading', part }) }).then(
        () => onStatus({ is: 'ready' }),
        (error: unknown) => {
          if (signal.aborted) return;
          warn('the avatar could not be loaded', error);
          scene.clear();
          onStatus({ is: 'failed' });
        },
      );
    },
    setQuality: (wanted) => scene.setQuality(wanted),
    setFraming: (framing) => scene.setFraming(framing),
    api: { picture: () => scene.picture() },
    close() {
      end.abort();
      loading.abort();
      sizes.disconnect();
      scene.close();
    },
  };
}

function openScene(...[deps]: ConstructorParameters<typeof StageScene>): StageScene | undefined {
  try {
    return new StageScene(deps);
  } catch {
    return undefined;
  }
}

/** For tests and for styling: what the avatar does, on the element itself. */
function describe(box: HTMLElement, state: Readonly<StageReport>): void {
  box.dataset.mouth = state.mouth.toFixed(2);
  box.dataset.mood = state.mood;
  box.dataset.sentenceMs = state.sentenceMs.toFixed(0);
  box.dataset.speaking = String(state.speaking);
  box.dataset.blink = state.blink.toFixed(2);
  box.dataset.quality = state.tier;
  box.dataset.fps = state.framesPerSecond.toFixed(0);
}
