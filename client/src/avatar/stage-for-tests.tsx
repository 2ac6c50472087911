import type { Sentence } from '@fantwin/shared/conversations';
import { createRoot } from 'react-dom/client';
import { createPerformance } from './performance.ts';
import { renderPortrait } from './portrait.ts';
import Stage, { type StageApi, type StageProps } from './stage.tsx';
import { StageScene } from './stage-scene.ts';
import { toVrm0 } from './vrm0-for-tests.ts';

/** A page that is only a stage, for the browser tests: they bundle this file and drive it by `window.lab`. */
const box = document.querySelector<HTMLElement>('#stage');
if (!box) throw new Error('the page has no #stage');
const root = createRoot(box);
const performance = createPerformance();
const noise: unknown[] = [];
let api: StageApi | undefined;
let props: StageProps = {
  avatarUrl: '/avatars/mira.vrm',
  performance,
  clock: { now: () => Date.now() },
  state: 'idle',
  reducedMotion: false,
  quality: 'high',
  label: 'The twin',
  onReady: (ready) => (api = ready),
};

async function draw(canvas: OffscreenCanvas, picture: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture);
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser reads no pictures');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** A picture's type and size, which part of it is opaque, and where the middle of its upper half (the head) is. */
async function look(picture: Blob) {
  const { data, width, height } = await draw(new OffscreenCanvas(1, 1), picture);
  let opaque = 0;
  let [sum, places] = [0, 0];
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) continue;
    opaque += 1;
    const pixel = (at - 3) / 4;
    if (pixel >= width * height * 0.45) continue;
    sum += pixel % width;
    places += 1;
  }
  const corner = data[3];
  return { type: picture.type, width, height, opaque: opaque / (width * height), corner, centre: sum / places };
}

const lab = {
  show(change: Partial<StageProps> = {}): void {
    api = undefined;
    this.change(change);
  },
  change(change: Partial<StageProps>): void {
    props = { ...props, ...change };
    root.render(<Stage {...props} />);
  },
  isReady: () => api !== undefined,
  /** Says something from `inMs` on; nothing: silence. */
  say(inMs: number, said?: Omit<Sentence, 'index' | 'startsAt'>): void {
    const startsAt = Date.now() + inMs;
    performance.show(said && { replyId: `${startsAt}`, sentences: [{ index: 0, startsAt, ...said }] });
  },
  async shot(): Promise<Blob> {
    if (!api) throw new Error('the stage is not ready');
    return api.picture();
  },
  look,
  async picture() {
    return look(await this.shot());
  },
  async portrait(url: string, size?: number) {
    return look(await renderPortrait(await (await fetch(url)).arrayBuffer(), size));
  },
  /** The same avatar as a VRM 0.x file. */
  async asVrm0(url: string): Promise<string> {
    return URL.createObjectURL(new Blob([toVrm0(await (await fetch(url)).arrayBuffer())]));
  },
  /** Puts one avatar after another on one stage; what the graphics card held after each. */
  async swap(urls: readonly string[]) {
    const holder = document.createElement('div');
    document.body.append(holder);
    const held: StageScene['held'][] = [];
    const direction = { ...props, activity: props.state };
    const device = { coarsePointer: false, cores: 4, memoryGb: 8, wasSlow: false };
    const scene = new StageScene({
      holder,
      direction,
      device,
      quality: 'high',
      report: () => undefined,
      onGone: () => noise.push('gone'),
    });
    scene.setVisible(false); // what is drawn is asked for
    scene.resize(48, 60, 1);
    for (const url of urls) {
      await scene.show(url, { signal: new AbortController().signal });
      await scene.picture();
      held.push(scene.held);
    }
    scene.clear();
    const empty = scene.held;
    scene.close();
    holder.remove();
    return { held, empty, noise };
  },
};
export type Lab = typeof lab;
Object.assign(window, { lab });
