// The VRM 1.0 part of the file: who it is, which bone is which, what an expression moves, what swings.

const metaOf = (name) => ({
  name,
  version: '2.0',
  authors: ['The FanTwin authors'],
  copyrightInformation: 'FanTwin, Apache-2.0',
  licenseUrl: 'https://vrm.dev/licenses/1.0/',
  avatarPermission: 'everyone',
  allowExcessivelyViolentUsage: false,
  allowExcessivelySexualUsage: false,
  commercialUsage: 'corporation',
  allowPoliticalOrReligiousUsage: false,
  allowAntisocialOrHateUsage: false,
  creditNotation: 'unnecessary',
  allowRedistribution: true,
  modification: 'allowModificationRedistribution',
});

const mouth = ['aa', 'ih', 'ou', 'ee', 'oh'];
const presets = [
  ...mouth,
  'blink',
  'blinkLeft',
  'blinkRight',
  'happy',
  'angry',
  'sad',
  'relaxed',
  'surprised',
  'neutral',
];

function expression(name, targetsOf) {
  const parts = name === 'blink' ? ['blinkLeft', 'blinkRight'] : [name];
  const morphTargetBinds = parts.flatMap(targetsOf).map(({ node, index }) => ({ node, index, weight: 1 }));
  // A lid that is pushed past the other is skin under skin: nothing need hold a blink back.
  return {
    isBinary: false,
    overrideBlink: 'none',
    overrideLookAt: 'none',
    overrideMouth: 'none',
    ...(morphTargetBinds.length > 0 && { morphTargetBinds }),
  };
}

const range = (outputScale) => ({ inputMaxValue: 90, outputScale });

/** `node(bone)`: its index; `targetsOf(name)`: the morph targets called so; `gaze`: how far the eyes turn. */
export function vrmExtensions({
  name,
  skeleton,
  colliders,
  chains,
  node,
  targetsOf,
  thumbnailImage,
  annotations,
  eyeHeight,
  gaze,
}) {
  const VRMC_vrm = {
    specVersion: '1.0',
    meta: { ...metaOf(name), ...(thumbnailImage !== undefined && { thumbnailImage }) },
    humanoid: { humanBones: Object.fromEntries(skeleton.humanBones.map((bone) => [bone, { node: node(bone) }])) },
    firstPerson: { meshAnnotations: annotations },
    lookAt: {
      type: 'bone',
      offsetFromHeadBone: [0, eyeHeight, 0.06],
      rangeMapHorizontalInner: range(gaze.sideways),
      rangeMapHorizontalOuter: range(gaze.sideways),
      rangeMapVerticalDown: range(gaze.down),
      rangeMapVerticalUp: range(gaze.up),
    },
    expressions: { preset: Object.fromEntries(presets.map((preset) => [preset, expression(preset, targetsOf)])) },
  };
  const VRMC_springBone = {
    specVersion: '1.0',
    colliders: colliders.map(({ bone, at, to, radius }) => ({
      node: node(bone),
      shape: to ? { capsule: { offset: at, tail: to, radius } } : { sphere: { offset: at, radius } },
    })),
    colliderGroups: [{ name: 'body', colliders: colliders.map((_, index) => index) }],
    springs: chains.map(({ name: chain, points, spring }) => ({
      name: chain,
      joints: points.map((_, at) =>
        at === points.length - 1
          ? { node: node(`${chain}_${at}`) }
          : { node: node(`${chain}_${at}`), gravityDir: [0, -1, 0], ...spring },
      ),
      colliderGroups: [0],
    })),
  };
  return { VRMC_vrm, VRMC_springBone };
}

/** What hair and strings do not pass through. Offsets are from the bone. */
export function collidersOf({ shape, middleY }, body) {
  const arm = (side) => ({
    bone: `${side}UpperArm`,
    at: [0, 0, 0],
    to: [side === 'left' ? 0.14 : -0.14, 0, 0],
    radius: 0.042,
  });
  const shoulder = (side) => ({
    bone: `${side}Shoulder`,
    at: [0, 0, 0],
    to: [(side === 'left' ? 1 : -1) * (body.arm.x - 0.026), -0.008, 0],
    radius: 0.036,
  });
  return [
    { bone: 'head', at: [0, middleY - body.head + 0.01, -0.004], radius: shape.width * 0.98 },
    { bone: 'neck', at: [0, 0.0, 0], to: [0, 0.05, 0.004], radius: body.neckWidth * 1.15 },
    { bone: 'upperChest', at: [0, 0.01, -0.01], radius: 0.078 },
    { bone: 'chest', at: [0, 0.03, 0.0], radius: 0.085 },
    shoulder('left'),
    shoulder('right'),
    arm('left'),
    arm('right'),
  ];
}
