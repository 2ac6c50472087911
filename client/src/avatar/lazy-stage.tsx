import { lazy } from 'react';
import { expectAvatar } from './avatar-file.ts';
import type { StageProps } from './stage.tsx';

let isHere = false;
const load = async () => {
  const stage = await import('./stage.tsx');
  isHere = true;
  return stage;
};
const Stage = lazy(load);

/** Where a stage will be wanted soon: its code, and the avatar if it is known, begin to come. */
export function prepareStage(avatarUrl?: string): void {
  if (isHere) return;
  if (avatarUrl !== undefined) expectAvatar(avatarUrl);
  load().catch(() => undefined); // the stage itself says so
}

/** The stage, with three.js coming only where there is one, and the avatar's file on its way at the same time. */
export function LazyStage(props: StageProps) {
  prepareStage(props.avatarUrl); // as soon as it is known, not when the code is here
  return <Stage {...props} />;
}
