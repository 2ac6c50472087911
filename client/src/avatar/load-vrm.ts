import { type VRM, VRMLoaderPlugin, VRMUtils } from '@pixiv/three-vrm';
import { LoadingManager, Mesh, SkinnedMesh } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { type FetchOptions, fetchAvatar } from './avatar-file.ts';

export type LoadOptions = FetchOptions;

/** Downloads a VRM and makes it ready to be drawn. Whoever gets it disposes of it with `disposeVrm`. */
export async function loadVrm(url: string, options: LoadOptions): Promise<VRM> {
  return parseVrm(await fetchAvatar(url, options), options.signal);
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
