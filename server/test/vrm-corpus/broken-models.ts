import { brokenData } from './broken-data.ts';
import { brokenMeshes } from './broken-meshes.ts';
import { brokenPictures } from './broken-pictures.ts';
import { type HostileFile, mutate } from './hostile-file.ts';
import { landmarksOf } from './landmarks.ts';

/** Files that are wrong as a 3D model. */
export function brokenModels(good: Uint8Array): HostileFile[] {
  const m = landmarksOf(good);
  return mutate(good, [...brokenData(m), ...brokenMeshes(m), ...brokenPictures(m)]);
}
