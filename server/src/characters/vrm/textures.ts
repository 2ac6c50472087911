import { type Gltf, parsePart } from './gltf.ts';
import type { Picture } from './images.ts';
import { checkReference, type Reference } from './references.ts';
import { pointerTo, type Report } from './report.ts';
import { index, number, numbers, object } from './shapes.ts';
import { vrmLimits, vrmWarnings } from './vrm-limits.ts';

/** What the textures that materials use cost on a graphics card. */
export type TextureCost = { textures: number; texturePixelsMax: number; textureBytes: number };

/** The shader has this many sets of coordinates. */
const COORDINATES = 4;
const MIPMAPS = 4 / 3;

export function checkTextures(gltf: Gltf, report: Report): void {
  for (const [i, { source, sampler }] of gltf.textures.entries()) {
    checkReference(gltf, { to: 'images', index: source, at: ['textures', i, 'source'] }, report);
    checkReference(gltf, { to: 'samplers', index: sampler, at: ['textures', i, 'sampler'] }, report);
    if (source !== undefined) continue;
    const message = 'A texture has no PNG or JPEG picture. Export textures as PNG or JPEG.';
    report.error('texture-without-image', message, pointerTo('textures', i));
  }
}

/** The textures that materials use, by index, those of any extension too. */
export function texturesOfMaterials(gltf: Gltf, report: Report): Set<number> {
  const used = new Set<number>();
  const look = (value: unknown, at: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === 'extras') continue;
      if (key.endsWith('Texture')) {
        const texture = readTexture(gltf, part, [...at, key], report);
        if (texture !== undefined) used.add(texture);
      }
      look(part, [...at, key]);
    }
  };
  for (const [i, material] of gltf.materials.entries()) look(material, ['materials', i]);
  return used;
}

const TextureUse = object({
  index,
  texCoord: index.max(COORDINATES - 1, `a set of coordinates below ${COORDINATES}`).optional(),
  extensions: object({
    KHR_texture_transform: object({
      offset: numbers(2).optional(),
      scale: numbers(2).optional(),
      rotation: number.optional(),
      texCoord: index.max(COORDINATES - 1, `a set of coordinates below ${COORDINATES}`).optional(),
    }).optional(),
  }).optional(),
});

function readTexture(gltf: Gltf, value: unknown, at: readonly (string | number)[], report: Report): number | undefined {
  const texture = parsePart(TextureUse, value, at, report);
  const known = texture && checkReference(gltf, { to: 'textures', index: texture.index, at: [...at, 'index'] }, report);
  return known ? texture.index : undefined;
}

/** Tells of references to textures from elsewhere, and adds them to `used`. */
export function addTextures(gltf: Gltf, references: readonly Reference[], used: Set<number>, report: Report): void {
  for (const reference of references) {
    if (checkReference(gltf, reference, report) && reference.index !== undefined) used.add(reference.index);
  }
}

/** A picture with two samplers is on the card twice. */
export function textureCost(
  gltf: Gltf,
  used: ReadonlySet<number>,
  pictures: readonly (Picture | undefined)[],
  report: Report,
): TextureCost {
  const onCard = new Map<string, Picture>();
  for (const texture of used) {
    const { source, sampler } = gltf.textures[texture] ?? {};
    const picture = source === undefined ? undefined : pictures[source];
    if (picture) onCard.set(`${source}:${sampler}`, picture);
  }
  const all = [...onCard.values()];
  const textureBytes = Math.round(all.reduce((sum, { width, height }) => sum + width * height * 4 * MIPMAPS, 0));
  const megabytes = Math.round(textureBytes / 1024 / 1024);
  const message = `Its textures take ${megabytes} MB on a graphics card.`;
  if (textureBytes > vrmLimits.textureBytes) {
    const most = vrmLimits.textureBytes / 1024 / 1024;
    report.error(
      'textures-too-large',
      `${message} ${most} MB are allowed: make them smaller, 2048 pixels or less.`,
      '/images',
    );
  } else if (textureBytes > vrmWarnings.textureBytes) {
    report.warn(
      'textures-heavy',
      `${message} Phones may close the page: make them smaller, 1024 pixels or less.`,
      '/images',
    );
  }
  const texturePixelsMax = Math.max(0, ...all.map(({ width, height }) => Math.max(width, height)));
  return { textures: all.length, texturePixelsMax, textureBytes };
}
