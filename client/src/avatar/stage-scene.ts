import { AmbientLight, DirectionalLight, PerspectiveCamera, Scene, Timer, Vector3, WebGLRenderer } from 'three';
import { type Avatar, createAvatar, type Direction } from './avatar.ts';
import { disposeVrm, type LoadOptions, loadVrm } from './load-vrm.ts';

const FIELD_OF_VIEW = 22;
/** Metres around the face that must be in the picture, for a head as high as ours. */
const FRAME = { height: 0.6, width: 0.52, below: 0.075, headHeight: 1.22 };
const PIXEL_RATIO_MAX = { desktop: 2, phone: 1.5 };
/** The state that others can read is written no more often. */
const REPORT_SECONDS = 0.1;

export type StageReport = Readonly<Avatar['state']>;

/** A canvas with light, a camera and one avatar. Throws where the browser has no WebGL. */
export class StageScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 20);
  readonly #timer = new Timer();
  readonly #head = new Vector3(0, FRAME.headHeight, 0);
  readonly #direction: Direction;
  readonly #report: (state: StageReport) => void;
  #avatar: Avatar | undefined;
  #sinceReport = 0;
  #sized = false;
  #visible = true;

  constructor(canvas: HTMLCanvasElement, direction: Direction, report: (state: StageReport) => void) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, powerPreference: 'high-performance' });
    this.#direction = direction;
    this.#report = report;
    const sun = new DirectionalLight(0xffffff, Math.PI * 0.94);
    sun.position.set(0.7, 1.1, 1.7);
    this.#scene.add(sun, new AmbientLight(0xffffff, 0.5));
  }

  /** What the renderer holds on the graphics card. */
  get memory(): { geometries: number; textures: number } {
    return this.#renderer.info.memory;
  }

  /** Loads an avatar and puts it in the place of the one before. */
  async show(url: string, options: LoadOptions): Promise<void> {
    const vrm = await loadVrm(url, options);
    if (options.signal.aborted) {
      disposeVrm(vrm);
      options.signal.throwIfAborted();
    }
    this.clear();
    this.#avatar = createAvatar(vrm);
    this.#scene.add(vrm.scene);
    vrm.scene.updateMatrixWorld(true);
    vrm.humanoid.getNormalizedBoneNode('head')?.getWorldPosition(this.#head);
    this.#aim();
    this.#avatar.advance(this.#direction, this.#camera.position, 0); // no frame shows the T-pose
    this.#avatar.settle();
    this.#run();
  }

  clear(): void {
    if (this.#avatar) disposeVrm(this.#avatar.vrm);
    this.#avatar = undefined;
    this.#run();
  }

  /** Sizes in CSS pixels; nothing is drawn while one is 0. */
  resize(width: number, height: number, device: 'desktop' | 'phone', devicePixelRatio: number): void {
    this.#sized = width > 0 && height > 0;
    if (this.#sized) {
      this.#renderer.setPixelRatio(Math.min(devicePixelRatio, PIXEL_RATIO_MAX[device]));
      this.#renderer.setSize(width, height, false);
      this.#camera.aspect = width / height;
      this.#aim();
    }
    this.#run();
  }

  /** A page that nobody sees draws nothing. */
  setVisible(visible: boolean): void {
    if (visible && !this.#visible) this.#avatar?.settle();
    this.#visible = visible;
    this.#run();
  }

  close(): void {
    this.clear();
    this.#renderer.setAnimationLoop(null);
    this.#timer.dispose();
    this.#renderer.dispose();
    // A browser has few contexts; one whose canvas is gone is given back now, not when the memory is swept.
    const renderer = this.#renderer;
    setTimeout(() => {
      if (!renderer.domElement.isConnected && !renderer.getContext().isContextLost()) renderer.forceContextLoss();
    });
  }

  /** Head and shoulders, whatever the shape of the canvas. */
  #aim(): void {
    const scale = Math.min(Math.max(this.#head.y / FRAME.headHeight, 0.4), 1.6);
    const half = Math.tan((FIELD_OF_VIEW / 2) * (Math.PI / 180));
    const byHeight = FRAME.height / 2 / half;
    const byWidth = FRAME.width / 2 / half / this.#camera.aspect;
    const distance = Math.max(byHeight, byWidth) * scale;
    const y = this.#head.y + FRAME.below * scale;
    this.#camera.position.set(this.#head.x, y + 0.02 * scale, this.#head.z + distance);
    this.#camera.lookAt(this.#head.x, y, this.#head.z);
    this.#camera.updateProjectionMatrix();
  }

  #run(): void {
    const running = this.#avatar !== undefined && this.#sized && this.#visible;
    this.#timer.reset();
    this.#renderer.setAnimationLoop(running ? this.#frame : null);
  }

  readonly #frame = (time: number): void => {
    const avatar = this.#avatar;
    if (!avatar) return;
    this.#timer.update(time);
    const seconds = this.#timer.getDelta();
    avatar.advance(this.#direction, this.#camera.position, seconds);
    this.#renderer.render(this.#scene, this.#camera);
    this.#sinceReport += seconds;
    if (this.#sinceReport < REPORT_SECONDS) return;
    this.#sinceReport = 0;
    this.#report(avatar.state);
  };
}
