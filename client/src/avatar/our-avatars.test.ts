import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Accessor, openGlb, VrmJson } from './glb-for-tests.ts';

const client = path.resolve(import.meta.dirname, '../..');
const people = ['mira', 'ren'] as const;

const requiredBones = ['hips', 'spine', 'head'].concat(
  ['left', 'right'].flatMap((side) =>
    ['UpperArm', 'LowerArm', 'Hand', 'UpperLeg', 'LowerLeg', 'Foot'].map((part) => side + part),
  ),
);
const fingerBones = ['left', 'right'].flatMap((side) => [
  ...['Metacarpal', 'Proximal', 'Distal'].map((part) => `${side}Thumb${part}`),
  ...['Index', 'Middle', 'Ring', 'Little'].flatMap((finger) =>
    ['Proximal', 'Intermediate', 'Distal'].map((part) => side + finger + part),
  ),
]);
const presets = 'aa ih ou ee oh blink blinkLeft blinkRight happy angry sad relaxed surprised neutral'.split(' ');

describe.each(people)('%s', (name) => {
  const file = readFileSync(path.join(client, `public/avatars/${name}.vrm`));
  const { json, bin } = openGlb(file);
  const vrm = VrmJson.parse(json);
  const { VRMC_vrm, VRMC_springBone } = vrm.extensions;

  test('the file is what the script writes, byte for byte', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'avatar-'));
    try {
      const out = path.join(folder, 'out.vrm');
      execFileSync(process.execPath, [path.join(client, 'scripts/make-avatar.mjs'), name, out]);
      expect(readFileSync(out).equals(file)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  test('it is small enough for a phone, and its portrait is a small square', () => {
    expect(file.length).toBeLessThan(1_000_000);
    const primitives = vrm.meshes.flatMap((mesh) => mesh.primitives);
    const triangles = primitives.reduce((sum, { indices }) => sum + (vrm.accessors[indices]?.count ?? 0) / 3, 0);
    expect(triangles).toBeLessThan(40_000);
    expect(vrm.materials.length).toBeLessThanOrEqual(8);
    const portrait = readFileSync(path.join(client, `public/avatars/${name}.png`));
    expect([portrait.readUInt32BE(16), portrait.readUInt32BE(20)]).toEqual([512, 512]);
    expect(portrait.length).toBeLessThan(200_000);
  });

  const componentBytes: Record<number, number> = { 5121: 1, 5123: 2, 5126: 4 };
  const parts = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };

  function viewOf(index: number): Buffer {
    const view = vrm.bufferViews[index];
    if (!view) throw new Error(`no bufferView ${index}`);
    return bin.subarray(view.byteOffset, view.byteOffset + view.byteLength);
  }

  function numbers(accessor: Accessor | undefined): number[] {
    if (accessor?.bufferView === undefined) return [];
    const view = viewOf(accessor.bufferView);
    const size = componentBytes[accessor.componentType] ?? 0;
    return Array.from({ length: accessor.count * parts[accessor.type] }, (_, at) =>
      size === 4 ? view.readFloatLE(at * 4) : view.readUIntLE(at * size, size),
    );
  }

  describe('the GLB', () => {
    test('views lie in the buffer, accessors in their views, numbers are finite', () => {
      for (const { byteOffset, byteLength } of vrm.bufferViews) {
        expect(byteOffset + byteLength).toBeLessThanOrEqual(vrm.buffers[0]?.byteLength ?? 0);
        expect(byteOffset % 4).toBe(0);
      }
      for (const accessor of vrm.accessors) {
        if (accessor.bufferView === undefined) continue;
        const needed = accessor.count * parts[accessor.type] * (componentBytes[accessor.componentType] ?? Infinity);
        expect(accessor.byteOffset + needed).toBeLessThanOrEqual(viewOf(accessor.bufferView).length);
        expect(numbers(accessor).every(Number.isFinite)).toBe(true);
      }
    });

    test('every primitive is whole: as many of each attribute, indices inside, skin weights that add up, true bounds', () => {
      const joints = vrm.skins[0]?.joints.length ?? 0;
      for (const { primitives } of vrm.meshes) {
        for (const { attributes, indices, material, targets } of primitives) {
          const of = (attribute: string) => vrm.accessors[attributes[attribute] ?? -1];
          const count = of('POSITION')?.count ?? 0;
          for (const index of Object.values(attributes)) expect(vrm.accessors[index]?.count).toBe(count);
          expect(Math.max(...numbers(vrm.accessors[indices]))).toBeLessThan(count);
          expect(vrm.materials[material]).toBeDefined();
          expect(Math.max(...numbers(of('JOINTS_0')))).toBeLessThan(joints);
          const weights = numbers(of('WEIGHTS_0'));
          for (let at = 0; at < weights.length; at += 4) {
            expect(weights.slice(at, at + 4).reduce((sum, weight) => sum + weight, 0)).toBe(255);
          }
          const xs = numbers(of('POSITION')).filter((_, at) => at % 3 === 0);
          expect(of('POSITION')?.min?.[0]).toBeCloseTo(Math.min(...xs), 6);
          expect(of('POSITION')?.max?.[0]).toBeCloseTo(Math.max(...xs), 6);
          for (const { POSITION } of targets) checkTarget(vrm.accessors[POSITION], count);
        }
      }
    });

    test('pictures are PNGs inside the file, the portrait a square', () => {
      for (const { bufferView } of vrm.images) expect(viewOf(bufferView).toString('latin1', 1, 4)).toBe('PNG');
      const portrait = viewOf(vrm.images[VRMC_vrm.meta.thumbnailImage]?.bufferView ?? -1);
      expect(portrait.readUInt32BE(16)).toBe(portrait.readUInt32BE(20));
    });

    test('nodes form a tree', () => {
      const children = vrm.nodes.flatMap((node) => node.children);
      expect(new Set(children).size).toBe(children.length);
      expect(vrm.nodes.every((node, index) => node.children.every((child) => child > index))).toBe(true);
    });

    test('every extension in use is declared', () => {
      const used = [
        ...Object.keys(vrm.extensions),
        ...vrm.materials.flatMap(({ extensions }) => Object.keys(extensions)),
      ];
      expect(new Set(vrm.extensionsUsed)).toEqual(new Set(used));
    });
  });

  function checkTarget(accessor: Accessor | undefined, count: number): void {
    expect(accessor?.count).toBe(count);
    const { sparse } = accessor ?? {};
    if (!sparse) return;
    const view = viewOf(sparse.indices.bufferView);
    const moved = Array.from({ length: sparse.count }, (_, at) => view.readUInt16LE(at * 2));
    expect(moved.every((index, at) => index < count && index > (moved[at - 1] ?? -1))).toBe(true);
    expect(viewOf(sparse.values.bufferView).length).toBe(sparse.count * 12);
  }

  describe('the VRM', () => {
    const { humanBones } = VRMC_vrm.humanoid;

    test('has the required bones, all fingers and more, each its own node, children below their parents', () => {
      const extra = ['neck', 'chest', 'upperChest', 'leftEye', 'rightEye'].concat(
        ['Shoulder', 'Toes'].flatMap((part) => [`left${part}`, `right${part}`]),
      );
      expect(Object.keys(humanBones)).toEqual(expect.arrayContaining([...requiredBones, ...fingerBones, ...extra]));
      const nodes = Object.values(humanBones).map(({ node }) => node);
      expect(new Set(nodes).size).toBe(nodes.length);
      const childOf = (parent: string, child: string) =>
        vrm.nodes[humanBones[parent]?.node ?? -1]?.children.includes(humanBones[child]?.node ?? -1);
      for (const [parent, child] of [
        ['hips', 'spine'],
        ['spine', 'chest'],
        ['chest', 'upperChest'],
        ['upperChest', 'neck'],
        ['neck', 'head'],
        ['head', 'leftEye'],
        ['leftShoulder', 'leftUpperArm'],
        ['rightLowerLeg', 'rightFoot'],
        ['leftHand', 'leftThumbMetacarpal'],
        ['rightLittleIntermediate', 'rightLittleDistal'],
      ] as const) {
        expect(childOf(parent, child), `${parent} -> ${child}`).toBe(true);
      }
    });

    test('has every preset, bound to targets that exist and move something', () => {
      expect(Object.keys(VRMC_vrm.expressions.preset).sort()).toEqual([...presets].sort());
      for (const [preset, { morphTargetBinds }] of Object.entries(VRMC_vrm.expressions.preset)) {
        expect(morphTargetBinds.length > 0, preset).toBe(preset !== 'neutral');
        for (const { node, index } of morphTargetBinds) {
          const mesh = vrm.meshes[vrm.nodes[node]?.mesh ?? -1];
          expect(mesh?.extras?.targetNames.length).toBeGreaterThan(index);
          const moved = mesh?.primitives.map(
            ({ targets }) => vrm.accessors[targets[index]?.POSITION ?? -1]?.sparse?.count ?? 0,
          );
          expect(Math.max(...(moved ?? [0])), preset).toBeGreaterThan(0);
        }
      }
    });

    test('springs hang on nodes and colliders that exist', () => {
      expect(VRMC_springBone.springs.length).toBeGreaterThan(0);
      for (const { joints, colliderGroups } of VRMC_springBone.springs) {
        for (const [at, { node }] of joints.entries()) {
          const parent = joints[at - 1]?.node;
          if (parent !== undefined) expect(vrm.nodes[parent]?.children).toContain(node);
        }
        for (const group of colliderGroups) expect(VRMC_springBone.colliderGroups[group]).toBeDefined();
      }
      for (const { node } of VRMC_springBone.colliders) expect(vrm.nodes[node]).toBeDefined();
    });
  });
});
