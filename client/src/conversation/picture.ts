export type PictureWords = {
  /** Who is on it. */
  name: string;
  /** Beside the name: that it is an AI. */
  mark: string;
  /** When it was taken, as people write it. */
  date: string;
};

/** Of the picture's width. */
const BAND = { height: 0.11, leastPx: 44, mostPx: 180, padding: 0.3, nameSize: 0.4, smallSize: 0.26 };
/** What file systems do not take, and what cannot be seen. */
const unfit = /[\\/:*?"<>|.\p{C}\s]+/gu;

/** Height of the band of text under a picture, in its pixels. */
export const bandHeight = (width: number): number =>
  Math.round(Math.min(Math.max(width * BAND.height, BAND.leastPx), BAND.mostPx));

/** `Mira 2026-11-20 18.05.png`, by the time of this device. */
export function pictureName(name: string, at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const fit = name.replace(unfit, ' ').trim();
  return `${fit || 'twin'} ${day} ${two(at.getHours())}.${two(at.getMinutes())}.png`;
}

/** The avatar in front of the stage's light, and under it a band that says who and when. Throws where it cannot be drawn. */
export async function drawPicture(avatar: Blob, words: PictureWords): Promise<Blob> {
  const image = await createImageBitmap(avatar);
  const { width, height } = image;
  const band = bandHeight(width);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height: height + band });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2D canvas');
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`);

  context.fillStyle = lightOf(context, height, [colour('stage-high'), colour('stage-mid'), colour('stage-low')]);
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  image.close();
  context.fillStyle = colour('surface');
  context.fillRect(0, height, width, band);
  drawWords(context, words, { width, top: height, band, ink: colour('ink'), soft: colour('ink-soft') });
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))),
      'image/png',
    );
  });
}

function lightOf(context: CanvasRenderingContext2D, height: number, [high, mid, low]: [string, string, string]) {
  const light = context.createLinearGradient(0, 0, 0, height);
  light.addColorStop(0, high);
  light.addColorStop(0.55, mid);
  light.addColorStop(1, low);
  return light;
}

type Place = { width: number; top: number; band: number; ink: string; soft: string };

function drawWords(context: CanvasRenderingContext2D, { name, mark, date }: PictureWords, place: Place): void {
  const { width, top, band } = place;
  const { fontFamily } = getComputedStyle(document.body);
  const padding = band * BAND.padding;
  const middle = top + band / 2;
  context.textBaseline = 'middle';

  context.font = `${Math.round(band * BAND.smallSize)}px ${fontFamily}`;
  context.fillStyle = place.soft;
  context.textAlign = 'right';
  const note = `${mark} · ${date}`;
  context.fillText(note, width - padding, middle);
  const room = width - 3 * padding - context.measureText(note).width;

  context.font = `600 ${Math.round(band * BAND.nameSize)}px ${fontFamily}`;
  context.fillStyle = place.ink;
  context.textAlign = 'left';
  context.fillText(name, padding, middle, Math.max(room, 1)); // a long name is drawn narrower
}
