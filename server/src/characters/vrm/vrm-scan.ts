import { PICTURE_MAX_BYTES } from '@fantwin/shared/limits';
import type { Finding, VrmBudget, VrmSummary } from '@fantwin/shared/vrm-models';
import { readValues } from './accessor-values.ts';
import { checkAccessors, checkBuffers } from './accessors.ts';
import { checkAddresses, checkUris } from './addresses.ts';
import { checkExpressions, morphsOf } from './expressions.ts';
import { checkExtensions } from './extensions.ts';
import { type Glb, readGlb } from './glb.ts';
import { type Gltf, parseGltf } from './gltf.ts';
import { checkHumanoid } from './humanoid.ts';
import { type Picture, readPictures } from './images.ts';
import { checkLicence } from './licence.ts';
import { checkFinite, checkMeshes, trianglesOf } from './meshes.ts';
import { checkNodes } from './nodes.ts';
import { Pacer } from '../../core/pacer.ts';
import { quoted } from './plain-text.ts';
import { checkReference } from './references.ts';
import { pointerTo, Report } from './report.ts';
import { checkAnimations, checkSkins } from './skins.ts';
import { checkConstraints, checkSprings } from './springs.ts';
import { addTextures, checkTextures, textureCost, texturesOfMaterials } from './textures.ts';
import { phoneLimits, vrmLimits } from './vrm-limits.ts';
import type { VrmParts } from './vrm-parts.ts';
import { readVrm0 } from './vrm0.ts';
import { readVrm1 } from './vrm1.ts';

export type Thumbnail = { type: 'image/png' | 'image/jpeg'; bytes: Uint8Array };
export type VrmScan = { ok: true; summary: VrmSummary; thumbnail?: Thumbnail } | { ok: false; findings: Finding[] };

/**
 * Reads a file that somebody uploaded, draws nothing and believes nothing. Never throws; lets the event loop live
 * meanwhile, and needs little memory besides the file.
 */
export async function scanVrm(file: Uint8Array): Promise<VrmScan> {
  const report = new Report();
  const scanned = await scan(file, report).catch(() => undefined);
  if (!scanned && report.errors === 0) {
    const message = 'The file is so unusual that it cannot be checked. Export the model again with another editor.';
    report.error('scan-failed', message);
  }
  const findings = report.findings();
  if (!scanned || report.errors > 0) return { ok: false, findings };
  const { summary, thumbnail } = scanned;
  return { ok: true, summary: { ...summary, findings }, ...(thumbnail && { thumbnail }) };
}

type Scanned = { summary: Omit<VrmSummary, 'findings'>; thumbnail: Thumbnail | undefined };

async function scan(file: Uint8Array, report: Report): Promise<Scanned | undefined> {
  const pacer = new Pacer();
  const glb = await readGlb(file, report, pacer);
  if (!glb) return undefined;
  checkUris(glb.json, report);
  if (!(await checkAddresses(glb.json, report, pacer))) return undefined;
  const gltf = await parseGltf(glb.json, report, pacer);
  if (!gltf) return undefined;
  checkExtensions(gltf, report);
  checkVersion(gltf, report);
  const vrm = readVrm(gltf, report);
  await pacer.rest();
  return scanParts(glb, gltf, vrm, file.length, report, pacer);
}

function checkVersion({ asset }: Gltf, report: Report): void {
  if (/^2\.\d+$/.test(asset.version)) return;
  report.error(
    'asset-version',
    `It is glTF ${quoted(asset.version)}; VRM is glTF 2.0. Export it again.`,
    '/asset/version',
  );
}

function readVrm(gltf: Gltf, report: Report): VrmParts | undefined {
  const [newer, older] = ['VRMC_vrm', 'VRM'].map((name) => Object.hasOwn(gltf.extensions, name));
  if (newer && older) {
    report.error('vrm-twice', 'It is VRM 1.0 and 0.x at once. Export it as one of them, best 1.0.', '/extensions');
  } else if (!newer && !older) {
    const message = 'It is a 3D model, but not a VRM avatar. Export it as VRM with UniVRM, VRoid Studio or Blender.';
    report.error('vrm-missing', message, '/extensions');
  } else return newer ? readVrm1(gltf, report) : readVrm0(gltf, report);
  return undefined;
}

async function scanParts(
  { bin }: Glb,
  gltf: Gltf,
  vrm: VrmParts | undefined,
  bytes: number,
  report: Report,
  pacer: Pacer,
): Promise<Scanned | undefined> {
  const pictures = await scanBytes(gltf, bin, report, pacer);
  const tree = checkNodes(gltf, report);
  checkConstraintSources(gltf, report);
  await pacer.restIfDue();
  checkTextures(gltf, report);
  const textures = texturesOfMaterials(gltf, report);
  await pacer.restIfDue();
  if (!vrm) return undefined;

  for (const reference of vrm.references) checkReference(gltf, reference, report);
  addTextures(gltf, vrm.textures, textures, report);
  checkHumanoid(gltf, vrm, tree, report);
  await pacer.restIfDue();
  checkExpressions(gltf, vrm, report);
  if (tree) checkSprings(gltf, vrm, tree, report);
  if (tree) checkConstraints(gltf, tree, report);
  const { name, licence } = checkLicence(vrm, report);
  const cost = textureCost(gltf, textures, pictures, report);
  const budget = readBudget(gltf, { bytes, morphs: morphsOf(gltf, vrm, report), ...cost }, report);
  return {
    summary: { name, version: vrm.version, licence, budget },
    thumbnail: thumbnailOf(gltf, vrm, pictures, report),
  };
}

/** The binary part and what lies in it; its pictures. */
async function scanBytes(gltf: Gltf, bin: Uint8Array, report: Report, pacer: Pacer): Promise<(Picture | undefined)[]> {
  const before = report.errors;
  checkBuffers(gltf, bin.length, report);
  if (report.errors === before) await checkAccessors(gltf, report, pacer);
  await pacer.restIfDue();
  if (report.errors > before) return []; // nothing may read where a file wrongly says
  const pictures = readPictures(gltf, bin, report);
  await pacer.restIfDue();
  const values = await readValues(gltf, bin, report, pacer);
  await checkMeshes(gltf, values, report, pacer);
  await pacer.restIfDue();
  checkFinite(gltf, values, report);
  checkSkins(gltf, values, report);
  checkAnimations(gltf, report);
  await pacer.restIfDue();
  return pictures;
}

function checkConstraintSources(gltf: Gltf, report: Report): void {
  for (const [i, { extensions }] of gltf.nodes.entries()) {
    const constraint = extensions?.VRMC_node_constraint?.constraint ?? {};
    for (const [kind, part] of Object.entries(constraint)) {
      const at = ['nodes', i, 'extensions', 'VRMC_node_constraint', 'constraint', kind, 'source'];
      checkReference(gltf, { to: 'nodes', index: part?.source, at }, report);
    }
  }
}

type Known = Omit<VrmBudget, 'triangles' | 'materials' | 'joints' | 'goodForPhones'>;

/** A mesh that hangs on several nodes is drawn as often. */
function readBudget(gltf: Gltf, known: Known, report: Report): VrmBudget {
  const drawn = gltf.nodes.flatMap(({ mesh }) => mesh ?? []);
  const triangles = drawn.reduce((sum, mesh) => sum + trianglesOf(gltf, mesh), 0);
  if (triangles > vrmLimits.triangles) {
    const message = `It has ${triangles} triangles; ${vrmLimits.triangles} are allowed. Reduce (decimate) the mesh in your editor.`;
    report.error('too-many-triangles', message, '/meshes');
  }
  const joints = new Set(gltf.skins.flatMap((skin) => skin.joints)).size;
  const budget = { ...known, triangles, materials: gltf.materials.length, joints };
  const limits = Object.entries(phoneLimits) as [keyof typeof phoneLimits, number][];
  return { ...budget, goodForPhones: limits.every(([what, most]) => budget[what] <= most) };
}

function thumbnailOf(
  gltf: Gltf,
  { thumbnail }: VrmParts,
  pictures: readonly (Picture | undefined)[],
  report: Report,
): Thumbnail | undefined {
  if (!thumbnail || !checkReference(gltf, thumbnail, report) || thumbnail.to !== 'images') return undefined;
  const picture = pictures[thumbnail.index ?? -1];
  if (!picture) return undefined;
  if (picture.bytes.length > PICTURE_MAX_BYTES) {
    const message = 'Its thumbnail is larger than 1 MB, so that it is not used. Make it 512 x 512 pixels.';
    report.warn('thumbnail-too-large', message, pointerTo(...thumbnail.at));
    return undefined;
  }
  return { type: picture.type, bytes: picture.bytes.slice() }; // a copy: the file may be let go
}
