import type { Gltf } from './gltf.ts';
import type { Tree } from './nodes.ts';
import { quoted } from './plain-text.ts';
import { checkReference } from './references.ts';
import { pointerTo, type Report } from './report.ts';
import type { Bone, VrmParts } from './vrm-parts.ts';

const sides = ['left', 'right'];
/** Each bone's parent in the body; where a model leaves that out, the parent's parent. */
const parentOf: Record<string, string | undefined> = {
  hips: undefined,
  spine: 'hips',
  chest: 'spine',
  upperChest: 'chest',
};
Object.assign(parentOf, { neck: 'upperChest', head: 'neck', jaw: 'head', leftEye: 'head', rightEye: 'head' });
const limbs = [
  ['upperChest', 'Shoulder', 'UpperArm', 'LowerArm', 'Hand'],
  ['hips', 'UpperLeg', 'LowerLeg', 'Foot', 'Toes'],
];
const fingers = ['Index', 'Middle', 'Ring', 'Little'].map((finger) => [
  `${finger}Proximal`,
  `${finger}Intermediate`,
  `${finger}Distal`,
]);
/** 1.0 names Metacarpal, Proximal, Distal; 0.x names Proximal, Intermediate, Distal. */
const thumb = ['ThumbMetacarpal', 'ThumbProximal', 'ThumbIntermediate', 'ThumbDistal'];
for (const side of sides) {
  for (const [body, ...bones] of limbs) {
    for (const [i, bone] of bones.entries()) parentOf[side + bone] = i === 0 ? body : side + bones[i - 1];
  }
  for (const finger of [...fingers, thumb]) {
    for (const [i, bone] of finger.entries()) parentOf[side + bone] = side + (i === 0 ? 'Hand' : finger[i - 1]);
  }
}

const required = ['hips', 'spine', 'head'].concat(
  sides.flatMap((side) => ['UpperArm', 'LowerArm', 'Hand', 'UpperLeg', 'LowerLeg', 'Foot'].map((part) => side + part)),
);

/** The body: all required bones, each on a node of its own, in the order of a body. */
export function checkHumanoid(gltf: Gltf, vrm: VrmParts, tree: Tree | undefined, report: Report): void {
  const bones = new Map<string, Bone>();
  const byNode = new Map<number, string>();
  const named = new Set<string>();
  for (const bone of vrm.bones) {
    const at = pointerTo(...bone.at);
    if (!Object.hasOwn(parentOf, bone.name)) {
      report.warn('bone-unknown', `${quoted(bone.name)} is not a bone of a VRM; it is not used.`, at);
      continue;
    }
    const again = named.has(bone.name);
    named.add(bone.name);
    if (!checkReference(gltf, { to: 'nodes', index: bone.node, at: bone.at }, report)) continue;
    const other = byNode.get(bone.node);
    if (again) {
      report.error('bone-twice', `The bone ${bone.name} is set twice. Set it once in your editor.`, at);
    } else if (other !== undefined) {
      const message = `${bone.name} and ${other} are the same bone of the model. Give each its own in your editor.`;
      report.error('bone-shared-node', message, at);
    } else {
      bones.set(bone.name, bone);
      byNode.set(bone.node, bone.name);
    }
  }
  tellMissing(vrm, named, report);
  if (tree) checkPlaces(bones, tree, report);
  if (!vrm.gazeByBones || (bones.has('leftEye') && bones.has('rightEye'))) return;
  report.warn(
    'gaze-missing',
    'It has no eye bones, so that its eyes cannot follow anybody.',
    pointerTo(...vrm.bonesAt),
  );
}

function tellMissing({ bonesAt }: VrmParts, named: ReadonlySet<string>, report: Report): void {
  const missing = required.filter((name) => !named.has(name));
  if (missing.length === 0) return;
  const message = `The body lacks bones: ${missing.join(', ')}. Assign them in the humanoid settings of your editor.`;
  report.error('bone-missing', message, pointerTo(...bonesAt));
}

function checkPlaces(bones: ReadonlyMap<string, Bone>, tree: Tree, report: Report): void {
  const outside = [...bones.values()].find(({ node }) => !tree.shown.has(node));
  if (outside) {
    const message = `The bone ${outside.name} is not in the scene. Export the whole model.`;
    report.error('bone-outside-scene', message, pointerTo(...outside.at)); // what hangs on it would say the same
    return;
  }
  for (const bone of bones.values()) {
    let parent = parentOf[bone.name];
    while (parent !== undefined && !bones.has(parent)) parent = parentOf[parent];
    const above = parent === undefined ? undefined : bones.get(parent);
    if (!above || hangsOn(bone.node, above.node, tree)) continue;
    const message = `The bone ${bone.name} does not hang on ${above.name}. Mend the hierarchy of bones in your editor.`;
    report.error('bone-order', message, pointerTo(...bone.at));
  }
}

/** Whether `node` is somewhere below `ancestor`. */
export function hangsOn(node: number, ancestor: number, { parents }: Tree): boolean {
  for (let at = parents[node]; at !== undefined; at = parents[at]) if (at === ancestor) return true;
  return false;
}
