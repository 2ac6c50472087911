import { addView, put } from './glb-edit.ts';
import type { Mutation } from './hostile-file.ts';
import type { Landmarks } from './landmarks.ts';

const addresses = (m: Landmarks): Mutation[] => [
  [
    'a tracking pixel',
    'image-external',
    '/images/0/uri',
    ({ json }) => put(json, '/images/0', { uri: 'https://tracker.example/p.png' }),
  ],
  [
    'a file of the server',
    'image-external',
    '/images/0/uri',
    ({ json }) => put(json, '/images/0', { uri: 'file:///etc/passwd' }),
  ],
  [
    'a picture as text',
    'image-external',
    '/images/0/uri',
    ({ json }) => put(json, '/images/0', { uri: 'data:image/png;base64,iVBORw0KGgo=' }),
  ],
  [
    'a picture beside the file',
    'image-external',
    '/images/0/uri',
    ({ json }) => put(json, '/images/0', { uri: 'skin.png' }),
  ],
  [
    'an address and bytes',
    'image-external',
    '/images/1/uri',
    ({ json }) => put(json, '/images/1/uri', 'http://10.0.0.1/'),
  ],
  [
    'a buffer elsewhere',
    'buffer-external',
    '/buffers/0/uri',
    ({ json }) => put(json, '/buffers/0/uri', 'https://cdn.example/a.bin'),
  ],
  ['a buffer at an empty address', 'buffer-external', '/buffers/0/uri', ({ json }) => put(json, '/buffers/0/uri', '')],
  [
    'a sound elsewhere',
    'address-outside',
    '/extensions/KHR_audio/audio/0/uri',
    ({ json }) => put(json, '/extensions/KHR_audio', { audio: [{ uri: 'hello.mp3' }] }),
  ],
  [
    'an address in a material',
    'address-outside',
    `/materials/${m.toon}/extensions/EXT_x/map`,
    ({ json }) => put(json, `/materials/${m.toon}/extensions/EXT_x`, { map: 'HTTPS://evil.example' }),
  ],
];

const extensions = (m: Landmarks): Mutation[] => [
  [
    'Draco',
    'compression-draco',
    '/extensionsRequired/0',
    ({ json }) => put(json, '/extensionsRequired', ['KHR_draco_mesh_compression']),
  ],
  [
    'meshopt',
    'compression-meshopt',
    '/extensionsRequired/0',
    ({ json }) => put(json, '/extensionsRequired', ['EXT_meshopt_compression']),
  ],
  [
    'KTX2, as optional',
    'compression-ktx2',
    `/extensionsUsed/${m.newExtension}`,
    ({ json }) => put(json, `/extensionsUsed/${m.newExtension}`, 'KHR_texture_basisu'),
  ],
  [
    'instances',
    'extension-unsupported',
    `/extensionsUsed/${m.newExtension}`,
    ({ json }) => put(json, `/extensionsUsed/${m.newExtension}`, 'EXT_mesh_gpu_instancing'),
  ],
  [
    'an extension that nobody knows',
    'extension-required',
    '/extensionsRequired/0',
    ({ json }) => put(json, '/extensionsRequired', ['EVIL_code']),
  ],
  ['glTF 3', 'asset-version', '/asset/version', ({ json }) => put(json, '/asset/version', '3.0')],
];

const bytes = (m: Landmarks): Mutation[] => [
  ['two buffers', 'buffer-count', '/buffers', ({ json }) => put(json, '/buffers/-', { byteLength: 4 })],
  [
    'a buffer longer than the file',
    'buffer-length',
    '/buffers/0/byteLength',
    ({ json, bin }) => put(json, '/buffers/0/byteLength', bin.length + 4),
  ],
  [
    'a view of another buffer',
    'index-out-of-range',
    '/bufferViews/0/buffer',
    ({ json }) => put(json, '/bufferViews/0/buffer', 7),
  ],
  [
    'a view beyond the end',
    'buffer-view-out-of-range',
    '/bufferViews/0',
    ({ json, bin }) => put(json, '/bufferViews/0/byteOffset', bin.length - 4),
  ],
  [
    'an offset that overflows',
    'buffer-view-out-of-range',
    '/bufferViews/0',
    ({ json }) => put(json, '/bufferViews/0/byteOffset', Number.MAX_SAFE_INTEGER),
  ],
  [
    'an offset below zero',
    'json-shape',
    '/bufferViews/0/byteOffset',
    ({ json }) => put(json, '/bufferViews/0/byteOffset', -4),
  ],
  [
    'a stride of 3',
    'buffer-view-stride',
    `/bufferViews/${m.matricesView}`,
    ({ json }) => put(json, `/bufferViews/${m.matricesView}/byteStride`, 3),
  ],
  [
    'an accessor of nothing',
    'index-out-of-range',
    `/accessors/${m.matrices}/bufferView`,
    ({ json }) => put(json, `/accessors/${m.matrices}/bufferView`, 9_999),
  ],
  [
    '64-bit numbers',
    'accessor-type',
    `/accessors/${m.matrices}`,
    ({ json }) => put(json, `/accessors/${m.matrices}/componentType`, 5130),
  ],
  [
    'a count beyond the view',
    'accessor-out-of-range',
    `/accessors/${m.matrices}`,
    ({ json }) => put(json, `/accessors/${m.matrices}/count`, 1_000),
  ],
  [
    'numbers between numbers',
    'accessor-alignment',
    `/accessors/${m.matrices}`,
    ({ json }) => put(json, `/accessors/${m.matrices}/byteOffset`, 2),
  ],
  [
    'a gigabyte of zeros',
    'geometry-too-large',
    '/accessors',
    ({ json }) => put(json, '/accessors/-', { componentType: 5126, type: 'VEC4', count: 100_000_000 }),
  ],
  [
    'sparse indices out of order',
    'sparse-indices',
    `/accessors/${m.position}/sparse`,
    (glb) => {
      const values = addView(glb, Buffer.alloc(24));
      const list = { bufferView: addView(glb, Buffer.from([1, 0, 0, 0])), componentType: 5121 };
      put(glb.json, `/accessors/${m.position}/sparse`, { count: 2, indices: list, values: { bufferView: values } });
    },
  ],
  [
    'sparse values beyond the view',
    'accessor-out-of-range',
    `/accessors/${m.position}/sparse/values`,
    (glb) => {
      const values = addView(glb, Buffer.alloc(8));
      const list = { bufferView: addView(glb, Buffer.from([0, 1, 0, 0])), componentType: 5121 };
      put(glb.json, `/accessors/${m.position}/sparse`, { count: 2, indices: list, values: { bufferView: values } });
    },
  ],
  [
    'sparse indices that are fractions',
    'sparse-type',
    `/accessors/${m.position}/sparse`,
    ({ json }) => {
      const sparse = { count: 1, indices: { bufferView: 0, componentType: 5126 }, values: { bufferView: 0 } };
      put(json, `/accessors/${m.position}/sparse`, sparse);
    },
  ],
];

/** Data from elsewhere, in a form that nobody reads, or beyond where it lies. */
export const brokenData = (m: Landmarks): Mutation[] => [...addresses(m), ...extensions(m), ...bytes(m)];
