import { z } from 'zod';
import { UserId, VrmModelId } from './ids.ts';
import { REASON_MAX_CHARS } from './limits.ts';

/** Something that a scan found in a VRM file. */
export const Finding = z.object({
  /** `error`: the file is refused. `warning`: it works, but somebody should know. */
  level: z.enum(['error', 'warning']),
  /** Which check spoke, for translations: `image-external`, `bone-missing`, ... */
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** Plain English: what is wrong and what to do about it. */
  message: z.string(),
  /** RFC 6901, into the file's JSON. Absent where it is about the file as a whole. */
  pointer: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** What the author of a model allows, as the file says; from VRM 0.x translated into the words of 1.0. */
export const VrmLicence = z.object({
  authors: z.array(z.string()),
  avatarPermission: z.enum(['onlyAuthor', 'onlySeparatelyLicensedPerson', 'everyone']),
  commercialUsage: z.enum(['personalNonProfit', 'personalProfit', 'corporation']),
  redistribution: z.boolean(),
  modification: z.enum(['prohibited', 'allowModification', 'allowModificationRedistribution']),
  creditRequired: z.boolean(),
  violence: z.boolean(),
  sexual: z.boolean(),
  politicalOrReligious: z.boolean(),
  antisocialOrHate: z.boolean(),
});
export type VrmLicence = z.infer<typeof VrmLicence>;

/** What of a model costs download, memory and frames. Bytes of textures are those on the graphics card. */
export const VrmBudget = z.object({
  bytes: z.number().int(),
  triangles: z.number().int(),
  materials: z.number().int(),
  joints: z.number().int(),
  morphs: z.number().int(),
  textures: z.number().int(),
  texturePixelsMax: z.number().int(),
  textureBytes: z.number().int(),
  /** Small enough in every one of these for a phone. */
  goodForPhones: z.boolean(),
});
export type VrmBudget = z.infer<typeof VrmBudget>;

/** What is known of a model from its file. All strings are the file's: to be shown as text only. */
export const VrmSummary = z.object({
  name: z.string(),
  version: z.enum(['0.x', '1.0']),
  licence: VrmLicence,
  budget: VrmBudget,
  findings: z.array(Finding),
});
export type VrmSummary = z.infer<typeof VrmSummary>;

export const VrmModel = z.object({
  id: VrmModelId,
  /** Null: one of the platform's own, for everybody. */
  ownerId: UserId.nullable(),
  sha256: z.string(),
  state: z.enum(['pending', 'approved', 'refused']),
  /** Why it was refused. */
  reason: z.string().optional(),
  summary: VrmSummary,
  /** The file: open to everybody once approved, before that to its owner and moderators with their token. */
  fileUrl: z.string(),
  /** A portrait, where there is one; as open as the file. */
  pictureUrl: z.string().optional(),
  /** ms since 1970 */
  createdAt: z.number().int(),
});
export type VrmModel = z.infer<typeof VrmModel>;

/** The uploader says that they may do this: every fan downloads the file. */
export const VrmUploadQuery = z.object({ rights: z.literal('confirmed', 'confirm that you may publish this model') });

export const VrmDecision = z.discriminatedUnion('approved', [
  z.object({ approved: z.literal(true) }),
  z.object({ approved: z.literal(false), reason: z.string().trim().min(1, 'say why').max(REASON_MAX_CHARS) }),
]);
export type VrmDecision = z.infer<typeof VrmDecision>;

/** In the queue of moderators: with who uploaded it. */
export const VrmToReview = VrmModel.extend({ ownerName: z.string() });
export type VrmToReview = z.infer<typeof VrmToReview>;
