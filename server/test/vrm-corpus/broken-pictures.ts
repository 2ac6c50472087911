import { addView, at, listAt, type Glb, put } from './glb-edit.ts';
import type { Mutation } from './hostile-file.ts';
import type { Landmarks } from './landmarks.ts';
import { jpegOf, pngOf } from './pictures.ts';

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const image = (glb: Glb, data: Uint8Array, mimeType = 'image/png'): void =>
  put(glb.json, '/images/0', { bufferView: addView(glb, data), mimeType });

/** Pictures, textures and materials. */
export const brokenPictures = (m: Landmarks): Mutation[] => [
  ['a picture of 16,384 pixels', 'image-too-large', '/images/0', (glb) => image(glb, pngOf(16_384, 16_384))],
  ['a JPEG of 65,535 pixels', 'image-too-large', '/images/0', (glb) => image(glb, jpegOf(65_535, 8), 'image/jpeg')],
  ['a picture cut off', 'image-broken', '/images/0', (glb) => image(glb, pngOf(64, 64).subarray(0, 40))],
  ['an arithmetic JPEG', 'image-broken', '/images/0', (glb) => image(glb, jpegOf(64, 64, 0xc9), 'image/jpeg')],
  [
    'SVG called PNG',
    'image-type',
    '/images/0',
    (glb) => image(glb, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
  ],
  ['JPEG called PNG', 'image-mime-type', '/images/0', (glb) => image(glb, jpegOf(64, 64))],
  ['PNG called a page', 'image-mime-type', '/images/0', (glb) => image(glb, pngOf(64, 64), 'text/html')],
  [
    '40 pictures',
    'too-many-images',
    '/images',
    ({ json }) => listAt(json, '/images').push(...many(40, () => at(json, '/images/0'))),
  ],
  [
    'a gigabyte of textures',
    'textures-too-large',
    '/images',
    (glb) => {
      const bufferView = addView(glb, pngOf(4_096, 4_096));
      for (const i of many(12, (k) => k)) {
        put(glb.json, '/images/-', { bufferView, mimeType: 'image/png' });
        put(glb.json, '/textures/-', { source: listAt(glb.json, '/images').length - 1, sampler: 0 });
        const index = listAt(glb.json, '/textures').length - 1;
        put(glb.json, '/materials/-', { pbrMetallicRoughness: { baseColorTexture: { index } }, name: `m${i}` });
      }
    },
  ],
  [
    'one picture with many samplers',
    'textures-too-large',
    '/images',
    (glb) => {
      image(glb, pngOf(4_096, 4_096));
      for (const i of many(12, (k) => k)) {
        put(glb.json, '/samplers/-', {});
        put(glb.json, '/textures/-', { source: 0, sampler: i });
        put(glb.json, '/materials/-', { emissiveTexture: { index: listAt(glb.json, '/textures').length - 1 } });
      }
    },
  ],
  ['a texture of nothing', 'texture-without-image', '/textures/0', ({ json }) => put(json, '/textures/0', {})],
  [
    'a picture that is not there',
    'index-out-of-range',
    '/textures/0/source',
    ({ json }) => put(json, '/textures/0/source', 77),
  ],
  [
    'a sampler that is not there',
    'index-out-of-range',
    '/textures/0/sampler',
    ({ json }) => put(json, '/textures/0/sampler', 77),
  ],
  [
    'a texture that is not there',
    'index-out-of-range',
    `/materials/${m.toon}/extensions/VRMC_materials_mtoon/shadeMultiplyTexture/index`,
    ({ json }) => put(json, `/materials/${m.toon}/extensions/VRMC_materials_mtoon/shadeMultiplyTexture/index`, 5),
  ],
  [
    'coordinates that no shader has',
    'json-shape',
    `/materials/${m.toon}/pbrMetallicRoughness/baseColorTexture/texCoord`,
    ({ json }) => put(json, `/materials/${m.toon}/pbrMetallicRoughness/baseColorTexture/texCoord`, 9),
  ],
  [
    '40 materials',
    'too-many-materials',
    '/materials',
    ({ json }) => listAt(json, '/materials').push(...many(40, () => ({}))),
  ],
];
