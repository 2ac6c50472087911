import type { Character, CharacterChange, CharacterInput, Language, OwnCharacter } from '@fantwin/shared/characters';
import type { CharacterId, UserId } from '@fantwin/shared/ids';
import { CHARACTERS_MAX } from '@fantwin/shared/limits';
import { can } from '../accounts/permissions.ts';
import { AppError } from '../core/errors.ts';
import type { Who } from '../core/who.ts';
import type { CharacterStore, StoredCharacter } from './characters.store.ts';
import { avatarAddress, pictureAddress } from './addresses.ts';
import type { VrmModels } from './vrm-models.ts';

export type Characters = ReturnType<typeof createCharacters>;

type Deps = {
  store: Pick<CharacterStore, 'list' | 'listOf' | 'find' | 'countOf' | 'keep' | 'change'>;
  models: Pick<VrmModels, 'wearable'>;
  /** Whether the guardian lets everybody read it. */
  allowed: (text: string) => Promise<boolean>;
  hasVoice: (language: Language, voice: string) => Promise<boolean>;
  /** The newest live conversation of each of these characters. */
  liveOf: (ids: CharacterId[]) => Promise<Map<CharacterId, NonNullable<OwnCharacter['live']>>>;
  newId: () => string;
  now: () => number;
};

export function createCharacters(deps: Deps) {
  const { store, models } = deps;

  async function list(): Promise<{ items: Character[] }> {
    return { items: (await store.list()).map(publicCharacter) };
  }

  async function listOwn(who: Who): Promise<{ items: OwnCharacter[] }> {
    return { items: await withLive(await store.listOf(who.userId)) };
  }

  async function create(who: Who, input: CharacterInput): Promise<OwnCharacter> {
    if (!can(who, 'character:create', who))
      throw new AppError('forbidden', 'Make an account first: guests cannot make twins.');
    if ((await store.countOf(who.userId)) >= CHARACTERS_MAX)
      throw new AppError('conflict', `You have ${CHARACTERS_MAX} twins already, and that is all there can be.`);
    await check(who.userId, input, input.language);
    const id = deps.newId() as CharacterId;
    await store.keep(id, who.userId, input, deps.now());
    return own(id);
  }

  async function change(who: Who, id: CharacterId, input: CharacterChange): Promise<OwnCharacter> {
    const character = await store.find(id);
    if (!character || !can(who, 'character:change', { characterId: id, creatorId: character.creatorId }))
      throw new AppError('not-found', 'You have no such twin.');
    const language = input.language ?? character.language;
    // A voice that was there when it was chosen may be gone by now: that must not keep the rest from being changed.
    const speaksAnew = input.voice !== undefined || language !== character.language;
    const voice = speaksAnew ? (input.voice === undefined ? character.voice : input.voice) : undefined;
    const wears = input.vrmModelId === character.vrmModelId ? undefined : input.vrmModelId;
    await check(character.creatorId, { ...input, voice, vrmModelId: wears }, language);
    await store.change(id, input);
    return own(id);
  }

  /** What a twin says of itself is public, and what it is told decides what it says. */
  async function check(creatorId: UserId, input: CharacterChange, language: Language): Promise<void> {
    for (const [field, text] of Object.entries({
      name: input.name,
      tagline: input.tagline,
      greeting: input.greeting,
      persona: input.persona,
    }))
      if (text !== undefined && !(await deps.allowed(text)))
        throw new AppError('blocked', `The ${field} breaks the rules of this platform. Please write it differently.`, {
          details: { field },
        });
    if (input.voice && !(await deps.hasVoice(language, input.voice)))
      throw new AppError('bad-request', 'This server has no such voice for this language. Choose one from the list.', {
        details: { field: 'voice' },
      });
    if (input.vrmModelId) await models.wearable(creatorId, input.vrmModelId);
  }

  async function own(id: CharacterId): Promise<OwnCharacter> {
    const character = await store.find(id);
    const [shown] = await withLive(character ? [character] : []);
    if (!shown) throw new AppError('not-found', 'You have no such twin.');
    return shown;
  }

  async function withLive(found: StoredCharacter[]): Promise<OwnCharacter[]> {
    const live = await deps.liveOf(found.map(({ id }) => id));
    return found.map((character) => {
      const { persona, voice, vrmModelId } = character;
      const conversation = live.get(character.id);
      return { ...publicCharacter(character), persona, voice, vrmModelId, ...(conversation && { live: conversation }) };
    });
  }

  return { list, listOwn, create, change };
}

/** The persona stays here. */
export function publicCharacter(character: Omit<StoredCharacter, 'persona' | 'voice' | 'vrmModelId'>): Character {
  const { id, creatorId, name, tagline, greeting, language, vrmSha256, pictureSha256 } = character;
  return {
    id,
    creatorId,
    name,
    tagline,
    greeting,
    language,
    avatarUrl: avatarAddress(vrmSha256),
    ...(pictureSha256 && { pictureUrl: pictureAddress(pictureSha256) }),
  };
}
