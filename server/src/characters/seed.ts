import { createHash } from 'node:crypto';
import type { CharacterId, UserId } from '@fantwin/shared/ids';
import { vrmKey } from './characters.ts';
import type { CharacterStore, StoredCharacter } from './characters.store.ts';

/** Always the same ids, so that servers which seed at once make the same twin. */
export const demoCharacterId = '01990000-0000-7000-8000-000000000011' as CharacterId;
export const demoConversationId = '01990000-0000-7000-8000-000000000012';
const demoModelId = (sha256: string): string => `01990000-0000-7000-8000-${sha256.slice(0, 12)}`;

type Dependencies = {
  store: Pick<CharacterStore, 'keepModel' | 'keep' | 'keepLiveConversation'>;
  blobs: { put(key: string, content: Uint8Array): Promise<void>; stat(key: string): Promise<unknown> };
  now(): number;
};
export type DemoTwin = Pick<StoredCharacter, 'name' | 'tagline' | 'greeting' | 'persona' | 'language'>;

/** Makes the demo twin, its avatar and an open live conversation, or brings the twin to this release. Safe to repeat. */
export async function seedTwin(deps: Dependencies, twin: DemoTwin, creatorId: UserId, vrm: Uint8Array): Promise<void> {
  const sha256 = createHash('sha256').update(vrm).digest('hex');
  const key = vrmKey(sha256);
  if (!(await deps.blobs.stat(key))) await deps.blobs.put(key, vrm); // the file first: a row promises it

  const at = deps.now();
  const model = { id: demoModelId(sha256), ownerId: creatorId, sha256, bytes: vrm.length, approved: true };
  const vrmModelId = await deps.store.keepModel(model, at);
  const { name, tagline, greeting, persona, language } = twin;
  const content = { name, tagline, greeting, persona, language };
  await deps.store.keep({ id: demoCharacterId, creatorId, ...content, vrmModelId }, at);
  await deps.store.keepLiveConversation(demoConversationId, demoCharacterId, `Live with ${name}`, at);
}
