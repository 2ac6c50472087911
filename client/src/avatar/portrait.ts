import { Vector3 } from 'three';
import { createAvatar, type Direction } from './avatar.ts';
import { disposeVrm, parseVrm } from './load-vrm.ts';
import { createPerformance, type Performance } from './performance.ts';
import { createScenery, measureFigure } from './scenery.ts';
import { Screen } from './screen.ts';

const GIVE_UP_MS = 20_000;
const SMILE = 0.45;
/** Until the arms hang, the smile has come and the hair has settled. */
const STEPS = 60;

/**
 * A square PNG of a VRM's head and shoulders: at ease, with a friendly face, on a transparent ground. Rejects where the
 * file is no VRM, or the browser draws nothing.
 */
export async function renderPortrait(file: ArrayBuffer, size = 512): Promise<Blob> {
  const screen = openScreen();
  try {
    const vrm = await parseVrm(file, AbortSignal.timeout(GIVE_UP_MS));
    try {
      const scenery = createScenery();
      scenery.scene.add(vrm.scene);
      scenery.aim('portrait', measureFigure(vrm.scene, vrm.humanoid.getNormalizedBoneNode('head')), 1);
      const avatar = createAvatar(vrm, () => 0.5);
      const direction: Direction = {
        performance: friendly(),
        clock: { now: () => 0 },
        activity: 'idle',
        reducedMotion: true,
      };
      const visitor = new Vector3().copy(scenery.camera.position);
      for (let step = 0; step < STEPS; step += 1) avatar.advance(direction, visitor, 1 / 30);
      screen.resize(size, size, 1);
      return await screen.picture(scenery);
    } finally {
      disposeVrm(vrm);
    }
  } finally {
    screen.close();
  }
}

function openScreen(): Screen {
  try {
    return new Screen('high', { onLost: () => undefined, onRestored: () => undefined });
  } catch (cause) {
    throw new Error('This browser cannot draw the avatar', { cause });
  }
}

/** Says nothing, and smiles. */
function friendly(): Performance {
  const performance = createPerformance();
  return {
    ...performance,
    faceAt(now) {
      const face = performance.faceAt(now);
      face.mood = 'happy';
      face.intensity = SMILE;
      return face;
    },
  };
}
