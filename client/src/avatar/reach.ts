import { Euler, Matrix4, type Object3D, Vector3 } from 'three';
import type { VRM, VRMHumanBoneName } from '@pixiv/three-vrm';
import type { Reach } from './idle.ts';

/** The right arm of a T-pose that faces +Z, in metres. */
export type Arm = { shoulder: Vector3; upperLength: number; lowerLength: number };

/** An arm bends no further, and is not stretched out: outside of this the hand stays down. */
const BEND = { least: 1.2, most: 2.55 };
/** Where the elbow hangs: down, outside and a little in front. */
const ELBOW = new Vector3(-0.4, -1, 0.2);
/** Fingertips are this much below the eyes, as a part of the arm's length, and the first of these in front that fits. */
const CHIN = { below: 0.285, aside: 0.04 };
const BEFORE = [0.15, 0.21, 0.27];

/** How the arm turns so that its end comes to `target`; undefined where that is no natural bend. */
export function reachFor({ shoulder, upperLength: a, lowerLength: b }: Arm, target: Vector3): Reach | undefined {
  const way = target.clone().sub(shoulder);
  const distance = way.length();
  if (distance === 0 || distance >= a + b) return undefined;
  const bend = Math.PI - Math.acos(clamp((a * a + b * b - distance * distance) / (2 * a * b)));
  if (!(bend >= BEND.least && bend <= BEND.most)) return undefined;

  way.normalize();
  const toElbow = Math.acos(clamp((a * a + distance * distance - b * b) / (2 * a * distance)));
  const out = ELBOW.clone().addScaledVector(way, -ELBOW.dot(way)).normalize();
  const upper = way.clone().multiplyScalar(Math.cos(toElbow)).addScaledVector(out, Math.sin(toElbow));
  const lower = target.clone().sub(shoulder).addScaledVector(upper, -a).normalize();
  // The arm lies along -X; bending around Y brings it towards Z.
  const z = lower.clone().addScaledVector(upper, -lower.dot(upper)).normalize();
  const x = upper.clone().negate();
  const {
    x: turnX,
    y,
    z: turnZ,
  } = new Euler().setFromRotationMatrix(new Matrix4().makeBasis(x, z.clone().cross(x), z));
  return { upperArm: { x: turnX, y, z: turnZ }, lowerArm: { x: 0, y: bend, z: 0 } };
}

const clamp = (cosine: number): number => Math.min(Math.max(cosine, -1), 1);

/** The turns that bring this model's right hand below its chin, if its arm is made for it. It stands in its T-pose. */
export function reachOf(vrm: VRM): Reach | undefined {
  const at = (name: VRMHumanBoneName): Vector3 | undefined => placeOf(vrm.humanoid.getNormalizedBoneNode(name));
  const [shoulder, elbow, wrist, head] = [at('rightUpperArm'), at('rightLowerArm'), at('rightHand'), at('head')];
  if (!shoulder || !elbow || !wrist || !head) return undefined;
  const upperLength = shoulder.distanceTo(elbow);
  const forearm = elbow.distanceTo(wrist);
  const knuckle = at('rightMiddleProximal');
  const lowerLength = forearm + (knuckle ? wrist.distanceTo(knuckle) * 1.4 : forearm * 0.35);
  const reach = upperLength + lowerLength;
  const eyes = eyesOf(vrm, head, at('rightEye'));
  for (const before of BEFORE) {
    const chin = new Vector3(head.x - CHIN.aside * reach, eyes.y - CHIN.below * reach, eyes.z + before * reach);
    const found = reachFor({ shoulder, upperLength, lowerLength }, chin);
    if (found) return found;
  }
  return undefined;
}

/** Files are not exact about it: the highest and foremost of what they say. */
function eyesOf(vrm: VRM, head: Vector3, eye: Vector3 | undefined): Vector3 {
  const said = vrm.lookAt?.getLookAtWorldPosition(new Vector3()) ?? head.clone().add(new Vector3(0, 0.06, 0.06));
  return eye ? said.max(eye) : said;
}

const placeOf = (node: Object3D | null): Vector3 | undefined => node?.getWorldPosition(new Vector3());
