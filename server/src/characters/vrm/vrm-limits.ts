/** What a model may have. Above these a phone's browser is killed, or a page for many fans stops being smooth. */
export const vrmLimits = {
  jsonBytes: 2 * 1024 * 1024,
  jsonDepth: 64,
  /** Values in the JSON, in all; of one list; of one object. A program can be kept busy with 2 MB of brackets. */
  jsonValues: 250_000,
  listEntries: 10_000,
  objectKeys: 1_000,
  /** Morphs of one mesh as stored, before unused ones are left out. */
  storedMorphs: 1_024,
  nodes: 512,
  materials: 32,
  images: 32,
  textures: 128,
  meshes: 256,
  primitives: 256,
  skins: 64,
  scenes: 8,
  animations: 64,
  expressions: 256,
  /** Morphs and materials that expressions move, in all: each is looked up in the whole scene when the file is loaded. */
  expressionBinds: 4_096,
  triangles: 100_000,
  /** Vertex data as loaded, with sparse lists spread out: more than the file's bytes. */
  geometryBytes: 256 * 1024 * 1024,
  imagePixels: 4_096,
  textureBytes: 512 * 1024 * 1024,
  /**
   * Of one mesh, as the page draws it. WebGL 2 promises room for 256 values in a vertex shader; a morph takes one and the
   * rest of the shader about 16. Above this the mesh cannot be seen on devices that have no more than promised.
   */
  morphs: 240,
  /** Joints times colliders: each pair is tested in every frame. */
  springTests: 50_000,
  springJoints: 2_048,
} as const;

/** Above these a model works, and its uploader is told. */
export const vrmWarnings = { textureBytes: 128 * 1024 * 1024, morphs: 64 } as const;

/** All of these together: good for phones. */
export const phoneLimits = {
  bytes: 12 * 1024 * 1024,
  triangles: 40_000,
  materials: 8,
  joints: 256,
  morphs: 64,
  texturePixelsMax: 2_048,
  textureBytes: 128 * 1024 * 1024,
} as const;
