// The VRM 1.0 part of the file: who it is, which bone is which, what an expression moves, what swings.
import { colliders, humanBones, springs } from './skeleton.mjs';

export const meta = {
  name: 'Mira',
  version: '1.0',
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
};

export const presets = [
  'aa',
  'ih',
  'ou',
  'ee',
  'oh',
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

/** `node(bone)`: its index; `targetsOf(name)`: the morph targets called so. */
export function vrmExtensions({ node, targetsOf, thumbnailImage, annotations, eyeHeight }) {
  const VRMC_vrm = {
    specVersion: '1.0',
    meta: { ...meta, thumbnailImage },
    humanoid: { humanBones: Object.fromEntries(humanBones.map((bone) => [bone, { node: node(bone) }])) },
    firstPerson: { meshAnnotations: annotations },
    lookAt: {
      type: 'bone',
      offsetFromHeadBone: [0, eyeHeight, 0.06],
      rangeMapHorizontalInner: range(10),
      rangeMapHorizontalOuter: range(10),
      rangeMapVerticalDown: range(8),
      rangeMapVerticalUp: range(8),
    },
    expressions: { preset: Object.fromEntries(presets.map((name) => [name, expression(name, targetsOf)])) },
  };
  const VRMC_springBone = {
    specVersion: '1.0',
    colliders: colliders.map(({ bone, at, radius }) => ({
      node: node(bone),
      shape: { sphere: { offset: at, radius } },
    })),
    colliderGroups: [{ name: 'body', colliders: colliders.map((_, index) => index) }],
    springs: springs.map(({ name, joints, ...swing }) => ({
      name,
      joints: joints.map((joint, index) =>
        index === joints.length - 1 ? { node: node(joint) } : { node: node(joint), gravityDir: [0, -1, 0], ...swing },
      ),
      colliderGroups: [0],
    })),
  };
  return { VRMC_vrm, VRMC_springBone };
}

/** A two-tone material on the palette; `outline` in metres. */
function toonMaterial({
  name,
  shade,
  outline = 0,
  outlineColor = [0.2, 0.1, 0.14],
  toony = 0.82,
  shift = -0.12,
  rim = 0,
}) {
  return {
    name,
    pbrMetallicRoughness: { baseColorTexture: { index: 0 }, metallicFactor: 0, roughnessFactor: 1 },
    extensions: {
      KHR_materials_unlit: {},
      VRMC_materials_mtoon: {
        specVersion: '1.0',
        shadeColorFactor: shade,
        shadeMultiplyTexture: { index: 0 },
        shadingToonyFactor: toony,
        shadingShiftFactor: shift,
        giEqualizationFactor: 0.9,
        ...(rim > 0 && {
          parametricRimColorFactor: [rim, rim, rim * 1.1],
          parametricRimFresnelPowerFactor: 4,
          rimLightingMixFactor: 1,
        }),
        ...(outline > 0 && {
          outlineWidthMode: 'worldCoordinates',
          outlineWidthFactor: outline,
          outlineColorFactor: outlineColor,
          outlineLightingMixFactor: 0.6,
        }),
      },
    },
  };
}

const skinShade = [0.93, 0.72, 0.7];
export const materials = [
  toonMaterial({ name: 'skin', shade: skinShade, outline: 0.0011, outlineColor: [0.36, 0.14, 0.13] }),
  toonMaterial({ name: 'lids', shade: skinShade }),
  toonMaterial({ name: 'lines', shade: [0.9, 0.88, 0.9] }),
  toonMaterial({ name: 'hair', shade: [0.66, 0.52, 0.62], outline: 0.0012, toony: 0.7, rim: 0.08 }),
  toonMaterial({ name: 'clothes', shade: [0.72, 0.7, 0.84], outline: 0.0013, toony: 0.72, rim: 0.05 }),
];
