import type { CharacterInput } from '@fantwin/shared/characters';
import type { CharacterId, UserId, VrmModelId } from '@fantwin/shared/ids';
import type { CharacterStore } from './characters.store.ts';
import type { VrmScan } from './vrm/vrm-scan.ts';
import { modelFile, sha256Of } from './vrm-models.ts';
import type { VrmModelStore } from './vrm-models.store.ts';

/** Always the same ids, so that servers which seed at once make the same twin. */
export const demoCharacterId = '01990000-0000-7000-8000-000000000011' as CharacterId;
export const demoConversationId = '01990000-0000-7000-8000-000000000012';
const platformModelId = (sha256: string) => `01990000-0000-7000-8000-${sha256.slice(0, 12)}` as VrmModelId;

/** One of the platform's own avatars, with its portrait. */
export type AvatarFiles = { vrm: Uint8Array; picture?: Uint8Array };
export type DemoTwin = Omit<CharacterInput, 'vrmModelId' | 'voice'>;

type Dependencies = {
  characters: Pick<CharacterStore, 'keep' | 'keepLiveConversation'>;
  models: Pick<VrmModelStore, 'keep'>;
  blobs: { put(key: string, content: Uint8Array): Promise<void>; stat(key: string): Promise<unknown> };
  scan: (file: Uint8Array) => Promise<VrmScan>;
  now(): number;
};

/** Brings an avatar of the platform to this release. Safe to repeat. Throws where it does not pass the scan. */
export async function seedAvatar(deps: Dependencies, { vrm, picture }: AvatarFiles): Promise<VrmModelId> {
  const scanned = await deps.scan(vrm);
  if (!scanned.ok) throw new Error(`one of our own avatars is faulty: ${JSON.stringify(scanned.findings)}`);
  const sha256 = await keepFile(deps, vrm, 'vrm');
  const kept = picture && { sha256: await keepFile(deps, picture, 'picture'), bytes: picture.length };
  const model = { sha256, bytes: vrm.length, approved: true, summary: scanned.summary, ...(kept && { picture: kept }) };
  return deps.models.keep({ id: platformModelId(sha256), ownerId: null, ...model }, deps.now());
}

/** Makes the demo twin and an open live conversation, or brings the twin to this release. Safe to repeat. */
export async function seedTwin(
  deps: Dependencies,
  twin: DemoTwin,
  creatorId: UserId,
  vrmModelId: VrmModelId,
): Promise<void> {
  const at = deps.now();
  await deps.characters.keep(demoCharacterId, creatorId, { ...twin, voice: null, vrmModelId }, at);
  await deps.characters.keepLiveConversation(demoConversationId, demoCharacterId, `Live with ${twin.name}`, at);
}

/** The file before the row that promises it. */
async function keepFile(deps: Dependencies, content: Uint8Array, part: 'vrm' | 'picture'): Promise<string> {
  const { key, sha256 } = modelFile(part, sha256Of(content), content.length);
  if (!(await deps.blobs.stat(key))) await deps.blobs.put(key, content);
  return sha256;
}
