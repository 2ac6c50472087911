import { type Avatar, createAvatar, type Direction } from './avatar.ts';
import { createFramePace, createFrameWatch } from './frame-pace.ts';
import type { Figure, Framing } from './framing.ts';
import { disposeVrm, type LoadOptions, loadVrm } from './load-vrm.ts';
import { type Device, firstTier, pixelRatio, rememberSlow, type StageQuality, type Tier } from './quality.ts';
import { createRecovery } from './recovery.ts';
import { createScenery, measureFigure } from './scenery.ts';
import { Screen } from './screen.ts';

/** The state that others can read is written no more often, but for speech that begins or ends. */
const REPORT_SECONDS = 0.1;
/** The size of a picture of a stage that has none, in CSS pixels. */
const UNSEEN = { width: 512, height: 640 };

/** The same object each time: read it, do not keep it. */
export type StageReport = Avatar['state'] & { tier: Tier; framesPerSecond: number };

type Deps = {
  /** Where the canvas goes. */
  holder: HTMLElement;
  direction: Direction;
  device: Device;
  quality: StageQuality;
  report: (state: Readonly<StageReport>) => void;
  /** The graphics context was lost and there is no other to be had. */
  onGone: () => void;
};

/** One avatar in its light, drawn on a screen that may be replaced under it. Throws where the browser has no WebGL. */
export class StageScene {
  readonly #deps: Deps;
  readonly #scenery = createScenery();
  readonly #pace = createFramePace();
  readonly #recovery = createRecovery({ replace: () => this.#replaceScreen(), giveUp: () => this.#deps.onGone() });
  readonly #size = { width: 0, height: 0, devicePixelRatio: 1 };
  #watch = createFrameWatch();
  #quality: StageQuality;
  #tier: Tier;
  #screen: Screen;
  #avatar: Avatar | undefined;
  #figure: Figure = { head: { x: 0, y: 1.22, z: 0 }, top: 1.45 };
  #framing: Framing = 'portrait';
  #visible = true;
  #request: number | undefined;
  #sinceReport = 0;
  readonly #report: StageReport = {
    speaking: false,
    sentenceMs: -1,
    mouth: 0,
    mood: 'neutral',
    blink: 0,
    tier: 'high',
    framesPerSecond: 0,
  };

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#quality = deps.quality;
    this.#tier = firstTier(deps.quality, deps.device);
    this.#screen = this.#openScreen();
    deps.holder.append(this.#screen.canvas);
  }

  /** What is held on the graphics card. */
  get held(): Screen['held'] {
    return this.#screen.held;
  }

  /** Loads an avatar and puts it in the place of the one before. */
  async show(url: string, options: LoadOptions): Promise<void> {
    const vrm = await loadVrm(url, options);
    if (options.signal.aborted) {
      disposeVrm(vrm);
      options.signal.throwIfAborted();
    }
    const before = this.#avatar;
    before?.vrm.scene.removeFromParent();
    this.#figure = measureFigure(vrm.scene, vrm.humanoid.getNormalizedBoneNode('head'));
    this.#avatar = createAvatar(vrm);
    this.#avatar.simplify(this.#tier);
    this.#scenery.scene.add(vrm.scene);
    this.#aim();
    this.#avatar.advance(this.#deps.direction, this.#scenery.camera.position, 0); // no frame shows the T-pose
    this.#avatar.settle();
    if (this.#isSized) this.#screen.draw(this.#scenery);
    if (before) disposeVrm(before.vrm); // now, so that the two share their shaders
    this.#sinceReport = REPORT_SECONDS;
    this.#run();
  }

  clear(): void {
    if (this.#avatar) disposeVrm(this.#avatar.vrm);
    this.#avatar = undefined;
    this.#run();
  }

  /** Sizes in CSS pixels; nothing is drawn while one is 0. */
  resize(width: number, height: number, devicePixelRatio: number): void {
    Object.assign(this.#size, { width, height, devicePixelRatio });
    this.#fit(this.#screen);
    this.#aim();
    this.#run();
  }

  /** A page that nobody sees draws nothing. */
  setVisible(visible: boolean): void {
    if (visible && !this.#visible) this.#avatar?.settle();
    this.#visible = visible;
    this.#run();
  }

  setFraming(framing: Framing): void {
    this.#framing = framing;
    this.#aim();
  }

  setQuality(quality: StageQuality): void {
    if (quality === this.#quality) return;
    this.#quality = quality;
    this.#watch = createFrameWatch();
    this.#setTier(firstTier(quality, this.#deps.device));
  }

  /** A PNG of the avatar as it is now, on a transparent ground, also while nobody sees it. */
  async picture(): Promise<Blob> {
    if (!this.#avatar || this.#screen.isLost) throw new Error('The avatar is not on the stage yet');
    if (!this.#isSized) this.#screen.resize(UNSEEN.width, UNSEEN.height, 1);
    this.#aim();
    this.#avatar.advance(this.#deps.direction, this.#scenery.camera.position, 0);
    return this.#screen.picture(this.#scenery);
  }

  close(): void {
    this.clear();
    this.#recovery.cancel();
    this.#screen.close();
  }

  get #isSized(): boolean {
    return this.#size.width > 0 && this.#size.height > 0;
  }

  #openScreen(): Screen {
    const screen: Screen = new Screen(this.#tier, {
      onLost: () => this.#recovery.lost(),
      onRestored: () => this.#recovery.cancel(),
    });
    this.#fit(screen);
    return screen;
  }

  /** Another canvas, drawn before it is shown: an old one whose context is gone cannot have another. */
  #replaceScreen(): void {
    const screen = this.#openScreen();
    if (this.#avatar && this.#isSized) screen.draw(this.#scenery);
    this.#screen.canvas.replaceWith(screen.canvas);
    this.#screen.close();
    this.#screen = screen;
    this.#run();
  }

  /** Once: nothing brings the high tier back but the visitor's own choice. */
  #stepDown(): void {
    rememberSlow();
    this.#setTier('low');
  }

  #setTier(tier: Tier): void {
    if (tier === this.#tier) return;
    this.#tier = tier;
    this.#avatar?.simplify(tier);
    this.#recovery.cancel();
    try {
      this.#replaceScreen(); // antialiasing is chosen when a context is made
    } catch {
      this.#fit(this.#screen);
    }
  }

  #fit(screen: Screen): void {
    const { width, height, devicePixelRatio } = this.#size;
    if (this.#isSized) screen.resize(width, height, pixelRatio(this.#tier, this.#deps.device, devicePixelRatio));
  }

  #aim(): void {
    const { width, height } = this.#isSized ? this.#size : UNSEEN;
    this.#scenery.aim(this.#framing, this.#figure, width / height);
  }

  #run(): void {
    const running = this.#avatar !== undefined && this.#isSized && this.#visible;
    this.#pace.reset();
    if (this.#request !== undefined) cancelAnimationFrame(this.#request);
    this.#request = running ? requestAnimationFrame(this.#frame) : undefined;
  }

  readonly #frame = (timeMs: number): void => {
    this.#request = requestAnimationFrame(this.#frame);
    const seconds = this.#pace.next(timeMs, this.#tier);
    if (!this.#avatar || seconds === undefined) return;
    this.#avatar.advance(this.#deps.direction, this.#scenery.camera.position, seconds);
    this.#tell(this.#avatar, seconds);
    this.#screen.draw(this.#scenery);
    if (this.#watch.isSlow(seconds) && this.#quality === 'auto' && this.#tier === 'high') this.#stepDown();
  };

  #tell(avatar: Avatar, seconds: number): void {
    this.#sinceReport += seconds;
    if (this.#sinceReport < REPORT_SECONDS && avatar.state.speaking === this.#report.speaking) return;
    this.#sinceReport = 0;
    const report = Object.assign(this.#report, avatar.state);
    report.tier = this.#tier;
    report.framesPerSecond = this.#watch.rate;
    this.#deps.report(report);
  }
}
