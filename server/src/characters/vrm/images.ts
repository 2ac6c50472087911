import type { Gltf } from './gltf.ts';
import { type PictureHeader, pictureHeader, pictureKind } from './picture-header.ts';
import { quoted } from './plain-text.ts';
import { checkReference } from './references.ts';
import { pointerTo, type Report } from './report.ts';
import { vrmLimits } from './vrm-limits.ts';

/** A picture in the file, as its header says. */
export type Picture = PictureHeader & { bytes: Uint8Array };

/** By image; undefined where it cannot be used, which the report says. */
export function readPictures(gltf: Gltf, bin: Uint8Array, report: Report): (Picture | undefined)[] {
  return gltf.images.map(({ bufferView, mimeType, uri }, i) => {
    if (uri !== undefined) return undefined; // refused before
    const at = ['images', i];
    if (!checkReference(gltf, { to: 'bufferViews', index: bufferView, at: [...at, 'bufferView'] }, report))
      return undefined;
    const view = bufferView === undefined ? undefined : gltf.bufferViews[bufferView];
    const bytes = view ? bin.subarray(view.byteOffset, view.byteOffset + view.byteLength) : undefined;
    return readPicture(bytes, mimeType, pointerTo(...at), report);
  });
}

function readPicture(
  bytes: Uint8Array | undefined,
  mimeType: string | undefined,
  at: string,
  report: Report,
): Picture | undefined {
  if (!bytes) {
    report.error('image-broken', 'A picture has no data. Embed all textures when you export.', at);
    return undefined;
  }
  const kind = pictureKind(bytes);
  if (kind !== 'image/png' && kind !== 'image/jpeg') {
    report.error('image-type', `A picture is ${kind}. Convert it to PNG or JPEG, then export again.`, at);
    return undefined;
  }
  if (mimeType !== kind) {
    const said = mimeType === undefined ? 'does not say its type' : `says that it is ${quoted(mimeType)}`;
    report.error('image-mime-type', `A picture is ${kind}, but the file ${said}. Export the model again.`, at);
    return undefined;
  }
  const header = pictureHeader(bytes);
  if (!header) {
    report.error('image-broken', 'A picture is damaged or of a rare kind. Save it again as PNG or JPEG.', at);
    return undefined;
  }
  if (Math.max(header.width, header.height) > vrmLimits.imagePixels) {
    const most = vrmLimits.imagePixels;
    const message = `A picture has ${header.width} x ${header.height} pixels; ${most} x ${most} are allowed. Make it smaller.`;
    report.error('image-too-large', message, at);
    return undefined;
  }
  return { ...header, bytes };
}
