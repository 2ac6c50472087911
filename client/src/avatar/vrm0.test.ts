import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Vector3 } from 'three';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createAvatar, type Direction } from './avatar.ts';
import { disposeVrm, parseVrm } from './load-vrm.ts';
import { createPerformance } from './performance.ts';
import { toVrm0 } from './vrm0-for-tests.ts';

const bytes = readFileSync(path.resolve(import.meta.dirname, '../../public/avatars/mira.vrm'));
const mira = (): ArrayBuffer => new Uint8Array(bytes).buffer;

/** Node draws nothing: a picture is only a size here. */
beforeAll(() => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1, height: 1, close: () => undefined }));
});
afterAll(() => vi.unstubAllGlobals());

/** Where hands, fingers, elbows and eyes are after `seconds` of a state. */
async function pose(file: ArrayBuffer, activity: Direction['activity'], seconds: number) {
  const vrm = await parseVrm(file, new AbortController().signal);
  const avatar = createAvatar(vrm, () => 0.5);
  let now = 1_000;
  const performance = createPerformance();
  const visemes = [{ t: 0, d: 20_000, v: 'O' as const, w: 1 }];
  if (activity === 'idle') {
    const sentence = { index: 0, text: 'Oh', startsAt: 1_000, durationMs: 20_000, visemes, words: [] };
    performance.show({ replyId: 'r', sentences: [{ ...sentence, mood: { name: 'happy', intensity: 0.5 } }] });
  }
  const direction: Direction = { performance, clock: { now: () => now }, activity, reducedMotion: false };
  for (let step = 0; step < seconds * 30; step += 1) {
    now += 1000 / 30;
    avatar.advance(direction, new Vector3(0.4, 1.3, 1.5), 1 / 30);
  }
  vrm.scene.updateMatrixWorld(true);
  const at = (bone: Parameters<typeof vrm.humanoid.getRawBoneNode>[0]): number[] =>
    (vrm.humanoid.getRawBoneNode(bone)?.getWorldPosition(new Vector3()).toArray() ?? []).map((value) =>
      Number(value.toFixed(3)),
    );
  const found = {
    version: vrm.meta.metaVersion,
    hands: [at('leftHand'), at('rightHand')],
    elbows: [at('leftLowerArm'), at('rightLowerArm')],
    head: at('head'),
    looksTo: Math.round(vrm.lookAt?.yaw ?? NaN),
    mouth: vrm.expressionManager?.getValue('oh') ?? NaN,
    smile: vrm.expressionManager?.getValue('happy') ?? NaN,
  };
  disposeVrm(vrm);
  return found;
}

test('a VRM 0.x speaks, smiles, hangs its arms and looks at the visitor as the same avatar does as a VRM 1.0', async () => {
  const [old, young] = [await pose(toVrm0(mira()), 'idle', 1), await pose(mira(), 'idle', 1)];
  expect([old.version, young.version]).toEqual(['0', '1']);
  expect(old.mouth).toBeGreaterThan(0.6);
  expect(old).toEqual({ ...young, version: '0', looksTo: expect.closeTo(young.looksTo, -1) });
  expect(young.hands[0]?.[0], 'its left is on the right side of the picture').toBeGreaterThan(0.1);
});

test('in thought the right hand comes in front of the chin and not into the face, the left one stays down', async () => {
  for (const file of [mira(), toVrm0(mira())]) {
    const { hands, head, elbows } = await pose(file, 'thinking', 6);
    const [left, right] = hands;
    expect(right?.[1]).toBeGreaterThan((head[1] ?? 0) - 0.25);
    expect(right?.[1]).toBeLessThan(head[1] ?? 0);
    expect(right?.[2], 'in front of the face').toBeGreaterThan((head[2] ?? 0) + 0.05);
    expect(elbows[1]?.[1]).toBeLessThan(right?.[1] ?? 0);
    expect(left?.[1]).toBeLessThan((head[1] ?? 0) - 0.3);
  }
});
