import { create } from 'zustand';
import { recall, remember } from '../ui/remember.ts';
import { useMedia } from '../ui/use-media.ts';

export const motions = ['system', 'full', 'reduced'] as const;
export type Motion = (typeof motions)[number];

const REDUCE = '(prefers-reduced-motion: reduce)';

/** How much moves on the page, avatars included. */
export const useMotionSetting = create<{ motion: Motion }>(() => ({ motion: recall('motion', motions) ?? 'system' }));

export function setMotion(motion: Motion): void {
  remember('motion', motion);
  useMotionSetting.setState({ motion });
}

/** What is meant by a choice on a device that wishes for less motion, or not. */
export const isReduced = (motion: Motion, systemReduces: boolean): boolean =>
  motion === 'system' ? systemReduces : motion === 'reduced';

export function useReducedMotion(): boolean {
  const motion = useMotionSetting((state) => state.motion);
  return isReduced(motion, useMedia(REDUCE));
}

/** Tells the style sheet, now and whenever it changes. */
export function startMotion(): void {
  const system = window.matchMedia(REDUCE);
  const show = (): void => {
    const reduced = isReduced(useMotionSetting.getState().motion, system.matches);
    document.documentElement.dataset.motion = reduced ? 'reduced' : 'full';
  };
  useMotionSetting.subscribe(show);
  system.addEventListener('change', show);
  show();
}
