import type { FindingCode } from './finding-codes.ts';
import { quoted } from './plain-text.ts';
import { pointerTo, type Report } from './report.ts';

/** What the page's loader knows by itself. */
const understood = new Set([
  'VRM',
  'VRMC_vrm',
  'VRMC_springBone',
  'VRMC_springBone_extended_collider',
  'VRMC_node_constraint',
  'VRMC_materials_mtoon',
  'VRMC_materials_hdr_emissiveMultiplier',
  'KHR_materials_unlit',
  'KHR_materials_emissive_strength',
  'KHR_materials_ior',
  'KHR_materials_specular',
  'KHR_materials_clearcoat',
  'KHR_materials_sheen',
  'KHR_materials_transmission',
  'KHR_materials_volume',
  'KHR_materials_iridescence',
  'KHR_materials_anisotropy',
  'KHR_texture_transform',
  'KHR_mesh_quantization',
]);

const draco = [
  'compression-draco',
  'Its meshes are compressed with Draco, whose decoder the page does not carry. Export without Draco compression.',
] as const;
const meshopt = [
  'compression-meshopt',
  'Its data is compressed with meshopt, whose decoder the page does not carry. Export without meshopt compression.',
] as const;
const ktx2 = [
  'compression-ktx2',
  'Its textures are KTX2 (Basis Universal), whose decoder the page does not carry. Export them as PNG or JPEG.',
] as const;
/** Refused even where the file calls them optional: loaders act on them, or fail. */
const refused: Record<string, readonly [FindingCode, string]> = {
  KHR_draco_mesh_compression: draco,
  EXT_meshopt_compression: meshopt,
  KHR_meshopt_compression: meshopt,
  KHR_texture_basisu: ktx2,
  EXT_mesh_gpu_instancing: [
    'extension-unsupported',
    'It draws a mesh many times over (EXT_mesh_gpu_instancing). Export without instancing.',
  ],
  KHR_lights_punctual: [
    'extension-unsupported',
    'It brings its own lights (KHR_lights_punctual). Delete the lights before you export: the stage has its own.',
  ],
};

export type ExtensionLists = { extensionsUsed: string[]; extensionsRequired: string[] };

export function checkExtensions({ extensionsUsed, extensionsRequired }: ExtensionLists, report: Report): void {
  const told = new Set<string>();
  for (const [list, names] of Object.entries({ extensionsRequired, extensionsUsed })) {
    for (const [index, name] of names.entries()) {
      const pointer = pointerTo(list, index);
      const known = Object.hasOwn(refused, name) ? refused[name] : undefined;
      if (known && !told.has(name)) report.error(known[0], known[1], pointer);
      else if (!known && list === 'extensionsRequired' && !understood.has(name)) {
        const message = `It cannot be shown without ${quoted(name)}, which the page does not know. Export without it.`;
        report.error('extension-required', message, pointer);
      }
      told.add(name);
    }
  }
}
