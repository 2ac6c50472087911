import type { VisemeName } from '@fantwin/shared/conversations';

/** One position of the mouth and how long it is held. */
export type Sound = { v: VisemeName; ms: number; w: number };
