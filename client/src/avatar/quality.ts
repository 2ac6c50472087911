/** What the visitor chose; `auto` goes by what the device can do. */
export type StageQuality = 'auto' | 'high' | 'low';
/** How the avatar is drawn now. Low: fewer pixels, no antialiasing, no outlines, springs every other frame, 30 frames. */
export type Tier = 'high' | 'low';

export type Device = {
  coarsePointer: boolean;
  cores: number;
  /** As far as the browser tells; it never tells more than 8. */
  memoryGb: number | undefined;
  /** Frames were too few on it before, since the page was loaded. */
  wasSlow: boolean;
};

const PHONE_CORES_MIN = 6;
const PHONE_MEMORY_GB_MIN = 4;
const PIXEL_RATIO_MAX = { desktop: 2, phone: 1.5, low: 1 };

/** The tier to begin with, before a frame was measured. */
export function firstTier(quality: StageQuality, device: Device): Tier {
  if (quality !== 'auto') return quality;
  if (device.wasSlow) return 'low';
  const weak = device.cores < PHONE_CORES_MIN || (device.memoryGb ?? Infinity) < PHONE_MEMORY_GB_MIN;
  return device.coarsePointer && weak ? 'low' : 'high';
}

export function pixelRatio(tier: Tier, device: Device, devicePixelRatio: number): number {
  if (tier === 'low') return PIXEL_RATIO_MAX.low;
  return Math.min(devicePixelRatio, PIXEL_RATIO_MAX[device.coarsePointer ? 'phone' : 'desktop']);
}

let wasSlow = false;

/** Another stage on this page begins with the low tier then. */
export function rememberSlow(): void {
  wasSlow = true;
}

export function thisDevice(): Device {
  const { hardwareConcurrency, deviceMemory } = navigator as Navigator & { deviceMemory?: number };
  return {
    coarsePointer: matchMedia('(pointer: coarse)').matches,
    cores: hardwareConcurrency || 1,
    memoryGb: deviceMemory,
    wasSlow,
  };
}
