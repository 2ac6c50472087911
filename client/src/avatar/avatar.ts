import type { VRM } from '@pixiv/three-vrm';
import { Object3D, Vector3 } from 'three';
import type { Activity } from './activity.ts';
import { advanceExpression, blinkIn, createExpression, feelings } from './expression.ts';
import { relaxFingers } from './fingers.ts';
import { addGestures, createGestures } from './gestures.ts';
import { advanceIdle, createIdle } from './idle.ts';
import { mouthShapes, openness } from './lip-sync.ts';
import { createModelUpdate } from './model-update.ts';
import type { Performance } from './performance.ts';
import { posedBones } from './pose.ts';
import { addPosture } from './posture.ts';
import type { Tier } from './quality.ts';
import { reachOf } from './reach.ts';

export type PlatformClock = { now(): number };

/** What the character should be doing; the page changes it, each frame reads it. */
export type Direction = {
  performance: Performance;
  clock: PlatformClock;
  activity: Activity;
  reducedMotion: boolean;
};

export type Avatar = ReturnType<typeof createAvatar>;

/** After a longer pause the body goes on where it was. */
const STEP_MAX_SECONDS = 1 / 4;

/** One VRM, which stands in its T-pose, and what it does each frame: the pose, the feeling, the lids, the mouth, then the model. */
export function createAvatar(vrm: VRM, random: () => number = Math.random) {
  const expression = createExpression(random);
  const idle = createIdle(reachOf(vrm));
  const gestures = createGestures();
  const gazeTarget = new Object3D();
  const eyes = new Vector3();
  const bones = posedBones.map((name) => ({ turn: idle.pose[name], node: vrm.humanoid.getNormalizedBoneNode(name) }));
  // The bones of a VRM 0.x look the other way: two of their axes are turned around.
  const side = vrm.meta.metaVersion === '0' ? -1 : 1;
  const input = { activity: 'idle' as Activity, speaking: false, mouthOpen: 0, reducedMotion: false };
  /** `sentenceMs`: how far into the sentence it is, by the clock of the lips; -1 while nothing is said. */
  const state = { speaking: false, sentenceMs: -1, mouth: 0, mood: 'neutral' as string, blink: 0 };
  const model = createModelUpdate(vrm);
  relaxFingers(vrm);
  if (vrm.lookAt) vrm.lookAt.target = gazeTarget;

  function advance(direction: Direction, visitor: Vector3, deltaSeconds: number): void {
    const seconds = Math.min(Math.max(deltaSeconds, 0), STEP_MAX_SECONDS);
    const now = direction.clock.now();
    const face = direction.performance.faceAt(now);
    advanceExpression(expression, face, Math.max(deltaSeconds, 0), random); // the mouth keeps time on a slow machine too
    input.activity = direction.activity;
    input.reducedMotion = direction.reducedMotion;
    input.speaking = face.speaking;
    input.mouthOpen = openness(expression.mouth);
    advanceIdle(idle, input, seconds, random);
    if (idle.gaze.leaps) blinkIn(expression, 0);
    addPosture(idle.pose, expression.feelings, idle.sway ?? 0);
    addGestures(gestures, idle.pose, face, now, seconds, idle.sway ?? 0);

    for (const { turn, node } of bones) node?.rotation.set(turn.x * side, turn.y, turn.z * side);
    lookAt(visitor);
    writeExpressions();
    model.update(seconds);
    state.speaking = face.speaking;
    state.sentenceMs = face.sentence ? now - face.sentence.startsAt : -1;
    state.mouth = openness(expression.mouth);
    state.mood = face.mood;
    state.blink = expression.blink;
  }

  /** First the feeling, then the lids, then the mouth. */
  function writeExpressions(): void {
    const manager = vrm.expressionManager;
    if (!manager) return;
    for (const feeling of feelings) manager.setValue(feeling, expression.feelings[feeling]);
    manager.setValue('blink', expression.blink);
    for (const shape of mouthShapes) manager.setValue(shape, expression.mouth[shape]);
  }

  function lookAt(visitor: Vector3): void {
    if (!vrm.lookAt) return;
    vrm.lookAt.getLookAtWorldPosition(eyes);
    const distance = eyes.distanceTo(visitor);
    gazeTarget.position.copy(visitor);
    gazeTarget.position.x += Math.tan(idle.gaze.yaw) * distance;
    gazeTarget.position.y += Math.tan(idle.gaze.pitch) * distance;
    gazeTarget.updateMatrixWorld();
  }

  /** After a pause the hair hangs as if it had never swung. */
  function settle(): void {
    vrm.springBoneManager?.reset();
  }

  function simplify(tier: Tier): void {
    model.simplify(tier === 'low');
  }

  return { vrm, state, advance, settle, simplify };
}
