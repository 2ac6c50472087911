import type { Character } from '@fantwin/shared/characters';
import type { CharacterStore, StoredCharacter } from './characters.store.ts';

export type Characters = ReturnType<typeof createCharacters>;

export function createCharacters(store: Pick<CharacterStore, 'list' | 'approvedModel'>) {
  return {
    list: async (): Promise<{ items: Character[] }> => ({ items: (await store.list()).map(publicCharacter) }),
    approvedModel: store.approvedModel,
  };
}

/** The persona stays here. */
export function publicCharacter(character: StoredCharacter): Character {
  const { id, creatorId, name, tagline, greeting, language, vrmSha256 } = character;
  return { id, creatorId, name, tagline, greeting, language, avatarUrl: `/avatars/${vrmSha256}.vrm` };
}

/** Where a model's file is in the blob store. */
export const vrmKey = (sha256: string): string => `vrm/${sha256}.vrm`;
