import { create } from 'zustand';
import { recall, remember } from '../ui/remember.ts';

export const qualities = ['auto', 'high', 'low'] as const;
export type Quality = (typeof qualities)[number];

/** How finely avatars are drawn on this device; `auto` goes by what it can do. */
export const useQualitySetting = create<{ quality: Quality }>(() => ({
  quality: recall('quality', qualities) ?? 'auto',
}));

export function setQuality(quality: Quality): void {
  remember('quality', quality);
  useQualitySetting.setState({ quality });
}
