import { type VRM, VRMLoaderPlugin, VRMUtils } from '@pixiv/three-vrm';
import { LoadingManager, Mesh, SkinnedMesh } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

const FILE_MAX_BYTES = 30 * 1024 * 1024;
/** No byte for this long ends the download. */
const SILENCE_MS = 15_000;

export type LoadOptions = {
  signal: AbortSignal;
  /** From 0 to 1, where the server tells the length. */
  onProgress?: (part: number) => void;
};

/** Downloads a VRM and makes it ready to be drawn. Whoever gets it disposes of it with `disposeVrm`. */
export async function loadVrm(url: string, { signal, onProgress }: LoadOptions): Promise<VRM> {
  return parseVrm(await download(url, signal, onProgress), signal);
}

/** Throws where the file is no VRM, or wants something from another address. */
export async function parseVrm(file: ArrayBuffer, signal: AbortSignal): Promise<VRM> {
  const manager = new LoadingManager();
  let outside: string | undefined;
  manager.setURLModifier((address) => {
    if (address.startsWith('blob:')) return address; // the file's own pictures
    outside = address.slice(0, 80);
    return 'blob:refused'; // the loader forgives a picture that is missing, so the refusal comes below
  });
  const loader = new GLTFLoader(manager);
  loader.register((parser) => new VRMLoaderPlugin(parser));
  const gltf = await loader.parseAsync(file, '');
  const vrm = gltf.userData.vrm as VRM | undefined;
  if (!vrm || outside !== undefined || signal.aborted) {
    VRMUtils.deepDispose(gltf.scene);
    signal.throwIfAborted();
    if (outside !== undefined) throw new Error(`The avatar file refers to an address outside itself: ${outside}`);
    throw new Error('The file is a 3D model, but not a VRM avatar');
  }
  VRMUtils.removeUnnecessaryVertices(gltf.scene);
  VRMUtils.combineSkeletons(gltf.scene);
  VRMUtils.combineMorphs(vrm);
  VRMUtils.rotateVRM0(vrm);
  // The camera is so close that a bounding sphere in its T-pose would hide a part that is in view.
  vrm.scene.traverse((object) => {
    if (object instanceof Mesh) object.frustumCulled = false;
  });
  return vrm;
}

export function disposeVrm(vrm: VRM): void {
  vrm.scene.removeFromParent();
  vrm.scene.traverse((object) => {
    if (object instanceof SkinnedMesh) object.skeleton.dispose();
  });
  VRMUtils.deepDispose(vrm.scene);
}

async function download(url: string, signal: AbortSignal, onProgress?: (part: number) => void): Promise<ArrayBuffer> {
  // AbortSignal.any would join the two, but is younger than the browsers we support.
  const request = new AbortController();
  const leave = (): void => request.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', leave);
  const giveUp = (): void => request.abort(new Error('The avatar file does not arrive'));
  let timer = setTimeout(giveUp, SILENCE_MS);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, SILENCE_MS);
  };
  try {
    const response = await fetch(url, { signal: request.signal });
    if (!response.ok || !response.body) throw new Error(`The avatar file could not be loaded (${response.status})`);
    const length = Number(response.headers.get('content-length') ?? 0);
    const chunks: Uint8Array[] = [];
    let received = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      received += part.value.byteLength;
      if (received > FILE_MAX_BYTES) {
        await reader.cancel();
        throw new Error('The avatar file is too large');
      }
      chunks.push(part.value);
      if (length > 0) onProgress?.(Math.min(received / length, 1));
    }
    return await new Blob(chunks as BlobPart[]).arrayBuffer();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}
