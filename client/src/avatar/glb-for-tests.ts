import { z } from 'zod';

const Index = z.number().int().nonnegative();
const Accessor = z.object({
  bufferView: Index.optional(),
  byteOffset: Index.default(0),
  componentType: z.number(),
  count: Index,
  type: z.enum(['SCALAR', 'VEC2', 'VEC3', 'VEC4', 'MAT4']),
  min: z.array(z.number()).optional(),
  max: z.array(z.number()).optional(),
  sparse: z
    .object({
      count: Index,
      indices: z.object({ bufferView: Index, componentType: z.number() }),
      values: z.object({ bufferView: Index }),
    })
    .optional(),
});
export type Accessor = z.infer<typeof Accessor>;
const Expression = z.object({
  morphTargetBinds: z.array(z.object({ node: Index, index: Index, weight: z.number().min(0).max(1) })).default([]),
});

/** As much of a VRM 1.0 as our own file uses. */
export const VrmJson = z.object({
  asset: z.object({ version: z.literal('2.0') }),
  buffers: z.array(z.strictObject({ byteLength: Index })).length(1),
  bufferViews: z.array(z.object({ buffer: z.literal(0), byteOffset: Index, byteLength: Index })),
  accessors: z.array(Accessor),
  images: z.array(z.strictObject({ name: z.string(), mimeType: z.literal('image/png'), bufferView: Index })),
  nodes: z.array(
    z.object({
      name: z.string(),
      mesh: Index.optional(),
      children: z.array(Index).default([]),
      translation: z.array(z.number()).length(3).default([0, 0, 0]),
    }),
  ),
  meshes: z.array(
    z.object({
      primitives: z.array(
        z.object({
          attributes: z.record(z.string(), Index),
          indices: Index,
          material: Index,
          targets: z.array(z.object({ POSITION: Index })).default([]),
        }),
      ),
      extras: z.object({ targetNames: z.array(z.string()) }).optional(),
    }),
  ),
  materials: z.array(z.object({ extensions: z.record(z.string(), z.unknown()) })),
  skins: z.array(z.object({ joints: z.array(Index), inverseBindMatrices: Index })),
  extensionsUsed: z.array(z.string()),
  extensionsRequired: z.never().optional(),
  extensions: z.strictObject({
    VRMC_vrm: z.object({
      specVersion: z.literal('1.0'),
      meta: z.object({
        name: z.string().min(1),
        authors: z.array(z.string()).min(1),
        licenseUrl: z.literal('https://vrm.dev/licenses/1.0/'),
        avatarPermission: z.literal('everyone'),
        allowRedistribution: z.literal(true),
        modification: z.literal('allowModificationRedistribution'),
        thumbnailImage: Index,
      }),
      humanoid: z.object({ humanBones: z.record(z.string(), z.object({ node: Index })) }),
      lookAt: z.object({ type: z.literal('bone'), offsetFromHeadBone: z.array(z.number()).length(3) }),
      expressions: z.object({ preset: z.record(z.string(), Expression) }),
    }),
    VRMC_springBone: z.object({
      specVersion: z.literal('1.0'),
      colliders: z.array(z.object({ node: Index })),
      colliderGroups: z.array(z.object({ colliders: z.array(Index) })),
      springs: z.array(z.object({ joints: z.array(z.object({ node: Index })), colliderGroups: z.array(Index) })),
    }),
  }),
});
export type VrmJson = z.infer<typeof VrmJson>;

/** Splits a binary glTF. Throws where its frame is not as it says. */
export function openGlb(file: Buffer): { json: unknown; bin: Buffer } {
  const [magic, version, length] = [file.toString('latin1', 0, 4), file.readUInt32LE(4), file.readUInt32LE(8)];
  const jsonLength = file.readUInt32LE(12);
  const binAt = 20 + jsonLength;
  const binLength = file.readUInt32LE(binAt);
  const types = [file.toString('latin1', 16, 20), file.toString('latin1', binAt + 4, binAt + 8)];
  const right =
    magic === 'glTF' && version === 2 && length === file.length && types[0] === 'JSON' && types[1] === 'BIN\0';
  if (!right || jsonLength % 4 !== 0 || binLength % 4 !== 0 || binAt + 8 + binLength !== file.length) {
    throw new Error('not a whole GLB');
  }
  return { json: JSON.parse(file.toString('utf8', 20, binAt)), bin: file.subarray(binAt + 8) };
}

function frame(data: Buffer, type: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(data.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data]);
}

export function closeGlb(json: unknown, bin: Buffer): ArrayBuffer {
  const text = Buffer.from(JSON.stringify(json));
  const padded = Buffer.alloc(Math.ceil(text.length / 4) * 4, 0x20);
  text.copy(padded);
  const chunks = Buffer.concat([frame(padded, 'JSON'), frame(bin, 'BIN\0')]);
  const header = Buffer.alloc(12);
  header.write('glTF', 0, 'latin1');
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(12 + chunks.length, 8);
  return new Uint8Array(Buffer.concat([header, chunks])).buffer;
}
