import { z } from 'zod';
import { flag, index, listOf, number, numbers, object, oneOf, recordOf, text } from './shapes.ts';

const version = oneOf(['1.0', '1.0-beta']);

const Expression = object({
  morphTargetBinds: listOf(object({ node: index, index, weight: number.default(1) })).default([]),
  materialColorBinds: listOf(object({ material: index, type: text, targetValue: numbers(4) })).default([]),
  textureTransformBinds: listOf(
    object({ material: index, scale: numbers(2).optional(), offset: numbers(2).optional() }),
  ).default([]),
});
export type Expression1 = z.infer<typeof Expression>;

/** Exporters write null for nothing. */
const words = text.nullish().transform((said) => said ?? '');

const Meta = object({
  name: words,
  authors: listOf(text).default([]),
  licenseUrl: words,
  otherLicenseUrl: words,
  thirdPartyLicenses: words,
  thumbnailImage: index.optional(),
  // Left out, each of these means the least.
  avatarPermission: oneOf(['onlyAuthor', 'onlySeparatelyLicensedPerson', 'everyone']).default('onlyAuthor'),
  commercialUsage: oneOf(['personalNonProfit', 'personalProfit', 'corporation']).default('personalNonProfit'),
  allowRedistribution: flag.default(false),
  modification: oneOf(['prohibited', 'allowModification', 'allowModificationRedistribution']).default('prohibited'),
  creditNotation: oneOf(['required', 'unnecessary']).default('required'),
  allowExcessivelyViolentUsage: flag.default(false),
  allowExcessivelySexualUsage: flag.default(false),
  allowPoliticalOrReligiousUsage: flag.default(false),
  allowAntisocialOrHateUsage: flag.default(false),
});
export type Meta1 = z.infer<typeof Meta>;

const RangeMap = object({ inputMaxValue: number.optional(), outputScale: number.optional() }).optional();

export const Vrm1 = object({
  specVersion: text,
  meta: Meta,
  humanoid: object({ humanBones: recordOf(object({ node: index })) }),
  expressions: object({ preset: recordOf(Expression).default({}), custom: recordOf(Expression).default({}) }).default({
    preset: {},
    custom: {},
  }),
  firstPerson: object({
    meshAnnotations: listOf(object({ node: index, type: text })).optional(),
  }).optional(),
  lookAt: object({
    type: oneOf(['bone', 'expression']).default('bone'),
    offsetFromHeadBone: numbers(3).optional(),
    rangeMapHorizontalInner: RangeMap,
    rangeMapHorizontalOuter: RangeMap,
    rangeMapVerticalDown: RangeMap,
    rangeMapVerticalUp: RangeMap,
  }).optional(),
});
export type Vrm1 = z.infer<typeof Vrm1>;

const Sphere = object({ offset: numbers(3).optional(), radius: number.optional() }).optional();
const Capsule = object({
  offset: numbers(3).optional(),
  radius: number.optional(),
  tail: numbers(3).optional(),
}).optional();
const Plane = object({ offset: numbers(3).optional(), normal: numbers(3).optional() }).optional();

export const SpringBone1 = object({
  specVersion: version,
  colliders: listOf(
    object({
      node: index,
      shape: object({ sphere: Sphere, capsule: Capsule }),
      extensions: object({
        VRMC_springBone_extended_collider: object({
          shape: object({ sphere: Sphere, capsule: Capsule, plane: Plane }),
        }).optional(),
      }).optional(),
    }),
  ).default([]),
  colliderGroups: listOf(object({ colliders: listOf(index).default([]) })).default([]),
  springs: listOf(
    object({
      joints: listOf(
        object({
          node: index,
          hitRadius: number.optional(),
          stiffness: number.optional(),
          gravityPower: number.optional(),
          gravityDir: numbers(3).optional(),
          dragForce: number.optional(),
        }),
      ),
      colliderGroups: listOf(index).default([]),
      center: index.optional(),
    }),
  ).default([]),
});
export type SpringBone1 = z.infer<typeof SpringBone1>;
