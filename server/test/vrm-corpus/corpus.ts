import { brokenAvatars, brokenOldAvatars } from './broken-avatars.ts';
import { brokenFrames } from './broken-frames.ts';
import { brokenModels } from './broken-models.ts';
import type { HostileFile } from './hostile-file.ts';
import { minimalVrm0 } from './minimal-vrm.ts';

/**
 * Small mutations of a good VRM 1.0 file (the platform's own, `client/public/avatars/mira.vrm`) and of a 0.x one made here:
 * each must be refused, for its own reason.
 */
export const hostileFiles = (good: Uint8Array): HostileFile[] => [
  ...brokenFrames(good),
  ...brokenModels(good),
  ...brokenAvatars(good),
  ...brokenOldAvatars(minimalVrm0()),
];
