import { create } from 'zustand';
import { recall, remember } from '../ui/remember.ts';

export const captionSizes = ['small', 'normal', 'large'] as const;
export type CaptionSize = (typeof captionSizes)[number];

/** Whether what twins say is shown as text on the stage, and how large. */
export const useCaptionsSetting = create<{ on: boolean; size: CaptionSize }>(() => ({
  on: recall('captions', ['on', 'off']) !== 'off',
  size: recall('caption-size', captionSizes) ?? 'normal',
}));

export function setCaptions(on: boolean): void {
  remember('captions', on ? 'on' : 'off');
  useCaptionsSetting.setState({ on });
}

export function setCaptionSize(size: CaptionSize): void {
  remember('caption-size', size);
  useCaptionsSetting.setState({ size });
}
