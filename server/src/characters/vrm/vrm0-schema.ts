import { z } from 'zod';
import { index, listOf, number, object, recordOf, text } from './shapes.ts';

/** Old exporters write null for nothing, and -1 for no entry of a list. */
const words = text.nullish();
const indexOrNone = z
  .int('a whole number')
  .min(-1, 'a whole number, -1 or more')
  .nullish()
  .transform((at) => (at === -1 || at === null ? undefined : at));

const Meta = object({
  title: words,
  author: words,
  texture: indexOrNone,
  allowedUserName: words,
  violentUssageName: words,
  sexualUssageName: words,
  commercialUssageName: words,
  otherPermissionUrl: words,
  licenseName: words,
  otherLicenseUrl: words,
});
export type Meta0 = z.infer<typeof Meta>;

const Group = object({
  name: words,
  presetName: words,
  binds: listOf(object({ mesh: indexOrNone, index: indexOrNone, weight: number.default(100) })).nullish(),
  materialValues: listOf(object({ materialName: words, propertyName: words, targetValue: listOf(number) })).nullish(),
});
export type Group0 = z.infer<typeof Group>;

const Vector = object({ x: number.optional(), y: number.optional(), z: number.optional() }).nullish();

export const Vrm0 = object({
  meta: Meta,
  humanoid: object({ humanBones: listOf(object({ bone: text, node: indexOrNone })) }),
  firstPerson: object({
    lookAtTypeName: words,
    firstPersonBoneOffset: Vector,
    meshAnnotations: listOf(object({ firstPersonFlag: words })).nullish(),
  }).nullish(),
  blendShapeMaster: object({ blendShapeGroups: listOf(Group).nullish() }).nullish(),
  secondaryAnimation: object({
    boneGroups: listOf(
      object({
        stiffiness: number.optional(),
        gravityPower: number.optional(),
        gravityDir: Vector,
        dragForce: number.optional(),
        hitRadius: number.optional(),
        center: indexOrNone,
        bones: listOf(index).nullish(),
        colliderGroups: listOf(index).nullish(),
      }),
    ).nullish(),
    colliderGroups: listOf(
      object({ node: index, colliders: listOf(object({ offset: Vector, radius: number.optional() })).nullish() }),
    ).nullish(),
  }).nullish(),
  materialProperties: listOf(
    object({
      shader: words,
      floatProperties: recordOf(number).nullish(),
      vectorProperties: recordOf(listOf(number)).nullish(),
      textureProperties: recordOf(index).nullish(),
    }),
  ).nullish(),
});
export type Vrm0 = z.infer<typeof Vrm0>;
