import { z } from 'zod';
import type { FindingCode } from './finding-codes.ts';
import type { Pacer } from '../../core/pacer.ts';
import { pointerTo, type Report } from './report.ts';
import { index, listOf, number, numbers, object, oneOf, recordOf, text } from './shapes.ts';
import { vrmLimits } from './vrm-limits.ts';

const SparseIndices = object({ bufferView: index, byteOffset: index.default(0), componentType: index });
/** Loaders make boxes of these; exporters write null for what is no number. */
const corner = listOf(number.nullable()).optional();
const Accessor = object({
  bufferView: index.optional(),
  byteOffset: index.default(0),
  componentType: index,
  count: index,
  type: text,
  min: corner,
  max: corner,
  sparse: object({
    count: index,
    indices: SparseIndices,
    values: object({ bufferView: index, byteOffset: index.default(0) }),
  }).optional(),
});
export type Accessor = z.infer<typeof Accessor>;

const Primitive = object({
  attributes: recordOf(index),
  indices: index.optional(),
  material: index.optional(),
  mode: index.default(4),
  targets: listOf(recordOf(index)).max(vrmLimits.storedMorphs, `at most ${vrmLimits.storedMorphs} morphs`).default([]),
});
export type Primitive = z.infer<typeof Primitive>;

const version = oneOf(['1.0', '1.0-beta']);
const source = object({ source: index }).optional();
const Constraint = object({
  specVersion: version,
  constraint: object({ roll: source, aim: source, rotation: source }),
});
/** Loaders cut it to pieces, which fails with anything but text. */
const nodeName = text.nullish();
const nodesOf = listOf(index).max(vrmLimits.nodes, `at most ${vrmLimits.nodes} entries`);

const Node = object({
  name: nodeName,
  children: nodesOf.default([]),
  mesh: index.optional(),
  skin: index.optional(),
  camera: index.optional(),
  translation: numbers(3).optional(),
  rotation: numbers(4).optional(),
  scale: numbers(3).optional(),
  matrix: numbers(16).optional(),
  extensions: object({ VRMC_node_constraint: Constraint.optional() }).optional(),
});
const Animation = object({
  channels: listOf(object({ sampler: index, target: object({ node: index.optional(), path: text }) })),
  samplers: listOf(object({ input: index, output: index, interpolation: text.optional() })),
});
/** Kept whole: textures are looked for in all of it. */
const Material = z.looseObject(
  {
    pbrMetallicRoughness: z.looseObject({}, 'an object').optional(),
    extensions: z
      .looseObject(
        { VRMC_materials_mtoon: z.looseObject({ specVersion: version }, 'an object').optional() },
        'an object',
      )
      .optional(),
  },
  'an object',
);

const sections = {
  buffers: object({ byteLength: index }),
  bufferViews: object({
    buffer: index,
    byteOffset: index.default(0),
    byteLength: index,
    byteStride: index.optional(),
  }),
  accessors: Accessor,
  images: object({ bufferView: index.optional(), mimeType: text.optional(), uri: z.unknown().optional() }),
  samplers: object({}),
  textures: object({ source: index.optional(), sampler: index.optional() }),
  materials: Material,
  meshes: object({
    name: nodeName,
    weights: listOf(number).optional(),
    primitives: listOf(Primitive).min(1, 'at least one entry'),
  }),
  nodes: Node,
  skins: object({
    joints: nodesOf.min(1, 'at least one entry'),
    inverseBindMatrices: index.optional(),
  }),
  scenes: object({ name: nodeName, nodes: nodesOf.default([]) }),
  animations: Animation,
  cameras: object({ name: nodeName }),
};
type Sections = { [K in keyof typeof sections]: z.infer<(typeof sections)[K]>[] };
export type SectionName = keyof Sections;

const Root = object({
  scene: index.default(0),
  extensionsUsed: listOf(text).default([]),
  extensionsRequired: listOf(text).default([]),
  asset: object({ version: text }),
  extensions: z.looseObject({}, 'an object').default({}),
});
/** The JSON of a glTF, as much of it as matters here. */
export type Gltf = Sections & z.infer<typeof Root>;

const counts: Partial<Record<SectionName, [number, FindingCode, string]>> = {
  nodes: [vrmLimits.nodes, 'too-many-nodes', 'Remove bones and objects that the model does not use.'],
  materials: [vrmLimits.materials, 'too-many-materials', 'Merge materials, best to 8 or fewer.'],
  images: [vrmLimits.images, 'too-many-images', 'Merge textures into atlases.'],
  textures: [vrmLimits.textures, 'too-many-entries', 'Remove textures that the model does not use.'],
  meshes: [vrmLimits.meshes, 'too-many-entries', 'Merge meshes.'],
  skins: [vrmLimits.skins, 'too-many-entries', 'Merge skinned meshes.'],
  scenes: [vrmLimits.scenes, 'too-many-entries', 'Export one scene.'],
  animations: [vrmLimits.animations, 'too-many-entries', 'Export without animations: the page has its own.'],
};

/** Gives every part the form that the checks rely on. Nothing: the report says what has another form. */
export async function parseGltf(
  json: Record<string, unknown>,
  report: Report,
  pacer: Pacer,
): Promise<Gltf | undefined> {
  const root = parsePart(Root, json, [], report);
  const parsed: Record<string, unknown[]> = {};
  let whole = root !== undefined;
  for (const [name, schema] of Object.entries(sections)) {
    const entries = readList(json[name], name, report);
    whole &&= entries !== undefined;
    parsed[name] = [];
    for (const [at, entry] of (entries ?? []).entries()) {
      await pacer.restIfDue();
      const part: unknown = parsePart(schema, entry, [name, at], report);
      if (part === undefined) whole = false;
      else parsed[name].push(part);
    }
  }
  return root && whole ? { ...(parsed as Sections), ...root } : undefined;
}

function readList(value: unknown, name: string, report: Report): unknown[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    tellShape(report, pointerTo(name), 'a list');
    return undefined;
  }
  const [most, code, advice] = counts[name as SectionName] ?? [
    vrmLimits.listEntries,
    'too-many-entries',
    'Simplify it.',
  ];
  if (value.length <= most) return value;
  report.error(code, `The model has ${value.length} ${name}; ${most} are allowed. ${advice}`, pointerTo(name));
  return undefined;
}

/** One part in its form. Nothing: the report says what has another. */
export function parsePart<T extends z.ZodType>(
  schema: T,
  value: unknown,
  keys: readonly (string | number)[],
  report: Report,
): z.infer<T> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    tellShape(report, pointerTo(...keys, ...path.map((key) => (typeof key === 'symbol' ? '' : key))), message);
  }
  return undefined;
}

function tellShape(report: Report, pointer: string, wanted: string): void {
  const message = `Here the file must have ${wanted}. It is damaged or from a faulty exporter: export the model again.`;
  report.error('json-shape', message, pointer);
}
