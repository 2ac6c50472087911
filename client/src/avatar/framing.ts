export type Framing = 'portrait' | 'full';
/** Where the figure is, in metres: its head's joint, and the top of all of it. */
export type Figure = { head: { x: number; y: number; z: number }; top: number };
export type View = { y: number; distance: number; rise: number };

export const FIELD_OF_VIEW = 22;
const HALF = Math.tan((FIELD_OF_VIEW / 2) * (Math.PI / 180));
/** Metres around the face that must be in the picture, for a head as high as ours. */
const PORTRAIT = { height: 0.65, width: 0.54, below: 0.055, headHeight: 1.22 };
const FULL = { margin: 1.08, widthToHeight: 0.5 };

/** The height that the camera looks at, how far away it stands, and how much higher than that it is. */
export function viewOf(framing: Framing, { head, top }: Figure, aspect: number): View {
  if (framing === 'full') {
    const height = Math.max(top, head.y) * FULL.margin;
    const distance = Math.max(height, (height * FULL.widthToHeight) / aspect) / 2 / HALF;
    return { y: Math.max(top, head.y) / 2, distance, rise: 0 };
  }
  const scale = Math.min(Math.max(head.y / PORTRAIT.headHeight, 0.4), 1.6);
  const distance = (Math.max(PORTRAIT.height, PORTRAIT.width / aspect) / 2 / HALF) * scale;
  return { y: head.y + PORTRAIT.below * scale, distance, rise: 0.02 * scale };
}
