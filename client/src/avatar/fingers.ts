import type { VRM } from '@pixiv/three-vrm';
import type { Side } from './pose.ts';

const sides: readonly Side[] = ['left', 'right'];
/** The little finger curls most. Radians of each joint, from the palm outwards. */
const curls = { Index: 0.16, Middle: 0.24, Ring: 0.3, Little: 0.34 };
const joints = { Proximal: 1, Intermediate: 1.4, Distal: 0.8 };
/** The thumb lies nearer to the fingers than in a T-pose. */
const THUMB = { Metacarpal: 0.12, Proximal: 0.16, Distal: 0.14 };

/** Fingers that hang at ease, where there are any. */
export function relaxFingers(vrm: VRM): void {
  const mirror = { left: 1, right: -1 };
  const around = vrm.meta.metaVersion === '0' ? -1 : 1;
  for (const side of sides) {
    for (const [finger, curl] of entries(curls)) {
      for (const [joint, part] of entries(joints)) {
        const bone = vrm.humanoid.getNormalizedBoneNode(`${side}${finger}${joint}`);
        bone?.rotation.set(0, 0, -curl * part * mirror[side] * around);
      }
    }
    for (const [joint, turn] of entries(THUMB)) {
      vrm.humanoid.getNormalizedBoneNode(`${side}Thumb${joint}`)?.rotation.set(0, turn * mirror[side], 0);
    }
  }
}

const entries = <K extends string>(record: Record<K, number>): [K, number][] => Object.entries(record) as [K, number][];
