import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Mesh, Vector3 } from 'three';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAvatar, type Direction } from './avatar.ts';
import { closeGlb, openGlb } from './glb-for-tests.ts';
import { disposeVrm, parseVrm } from './load-vrm.ts';
import { createPerformance } from './performance.ts';

const file = readFileSync(path.resolve(import.meta.dirname, '../../public/avatars/mira.vrm'));
const { json, bin } = openGlb(file);
const mira = (change: (json: Record<string, unknown>) => void = () => undefined): ArrayBuffer => {
  const copy = structuredClone(json) as Record<string, unknown>;
  change(copy);
  return closeGlb(copy, bin);
};
const open = (bytes: ArrayBuffer) => parseVrm(bytes, new AbortController().signal);

/** Node draws nothing: a picture is only a size here. */
beforeAll(() => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1, height: 1, close: () => undefined }));
});
afterAll(() => vi.unstubAllGlobals());

describe('our avatar in three-vrm', () => {
  test('has its bones, expressions, eyes that move and hair that swings', async () => {
    const vrm = await open(mira());
    expect(vrm.meta).toMatchObject({ metaVersion: '1', name: 'Mira', allowRedistribution: true });
    expect(vrm.humanoid.getNormalizedBoneNode('leftToes')).not.toBeNull();
    expect(vrm.expressionManager?.mouthExpressionNames.sort()).toEqual(['aa', 'ee', 'ih', 'oh', 'ou']);
    expect(vrm.lookAt).toBeDefined();
    expect(vrm.springBoneManager?.joints.size).toBeGreaterThan(20);
    disposeVrm(vrm);
  });

  test('each expression moves a morph of its own', async () => {
    const vrm = await open(mira());
    const weights = (): string => {
      const all: number[] = [];
      vrm.scene.traverse((object) => {
        if (object instanceof Mesh) all.push(...(object.morphTargetInfluences ?? []));
      });
      return all.map((weight) => weight.toFixed(1)).join();
    };
    const rest = weights();
    const seen = new Set<string>();
    const names = 'aa ih ou ee oh blink blinkLeft blinkRight happy angry sad relaxed surprised'.split(' ');
    for (const name of names) {
      vrm.expressionManager?.setValue(name, 1);
      vrm.update(1 / 60);
      seen.add(weights());
      vrm.expressionManager?.setValue(name, 0);
    }
    vrm.update(1 / 60);
    expect(seen.size).toBe(names.length);
    expect(weights()).toBe(rest);
    disposeVrm(vrm);
  });

  test('says a sentence: the mouth opens, closes, the arms hang, the eyes are on the visitor', async () => {
    const vrm = await open(mira());
    const avatar = createAvatar(vrm, () => 0.5);
    let now = 1_000;
    const performance = createPerformance();
    const direction: Direction = { performance, clock: { now: () => now }, activity: 'idle', reducedMotion: false };
    const visemes = [{ t: 0, d: 400, v: 'aa' as const, w: 1 }];
    const mood = { name: 'happy' as const, intensity: 0.5 };
    performance.show({
      replyId: 'r',
      sentences: [{ index: 0, text: 'Ah', mood, startsAt: 1_000, durationMs: 500, visemes, words: [] }],
    });
    const visitor = new Vector3(0, 1.3, 1.5);
    const mouth = (): number => vrm.expressionManager?.getValue('aa') ?? -1;
    const step = (ms: number): void => {
      for (let done = 0; done < ms; done += 20) {
        now += 20;
        avatar.advance(direction, visitor, 0.02);
      }
    };
    step(300);
    expect(mouth()).toBeGreaterThan(0.6);
    expect(vrm.expressionManager?.getValue('happy')).toBeGreaterThan(0.2);
    expect(avatar.state).toMatchObject({ speaking: true, mood: 'happy' });
    step(320);
    expect(mouth()).toBe(0);
    expect(avatar.state.speaking).toBe(false);
    const hand = vrm.humanoid.getRawBoneNode('leftHand')?.getWorldPosition(new Vector3());
    const shoulder = vrm.humanoid.getRawBoneNode('leftUpperArm')?.getWorldPosition(new Vector3());
    expect(hand?.y).toBeLessThan((shoulder?.y ?? 0) - 0.25);
    expect(Math.abs(vrm.lookAt?.yaw ?? 90)).toBeLessThan(8);
    visitor.x = 0.6;
    step(400);
    expect(vrm.lookAt?.yaw).toBeGreaterThan(10);
    disposeVrm(vrm);
  });
});

describe('a file that is refused', () => {
  test.each([
    ['https://tracker.example/pixel.png'],
    ['file:///etc/passwd'],
    ['data:image/png;base64,iVBORw0KGgo='],
    ['pixel.png'],
  ])('a picture at %s: nothing is asked for', async (uri) => {
    const asked = vi.spyOn(globalThis, 'fetch');
    const complaints = [vi.spyOn(console, 'error').mockReturnValue(), vi.spyOn(console, 'warn').mockReturnValue()];
    const bytes = mira((copy) => Object.assign(copy, { images: [{ uri }, ...(copy.images as unknown[]).slice(1)] }));
    await expect(open(bytes)).rejects.toThrow('an address outside itself');
    expect(
      asked.mock.calls.map(([address]) => (address instanceof Request ? address.url : String(address))),
    ).not.toContain(uri);
    asked.mockRestore();
    for (const complaint of complaints) complaint.mockRestore();
  });

  test('a model without a VRM part, a file that is none, and one that nobody waits for', async () => {
    const plain = mira((copy) => Object.assign(copy, { extensions: {} }));
    await expect(open(plain)).rejects.toThrow('not a VRM');
    await expect(open(new TextEncoder().encode('<html>not found</html>').buffer)).rejects.toThrow();
    await expect(parseVrm(mira(), AbortSignal.abort())).rejects.toThrow('abort');
  });
});
