import {
  type CharacterChange,
  CharacterInput,
  type Language,
  type OwnCharacter,
  type VoiceId,
} from '@fantwin/shared/characters';
import type { VrmModelId } from '@fantwin/shared/ids';
import { GREETING_MAX_CHARS, NAME_MAX_CHARS, PERSONA_MAX_CHARS, TAGLINE_MAX_CHARS } from '@fantwin/shared/limits';

/** A twin as its creator writes it, however unfinished. */
export type TwinValues = {
  name: string;
  tagline: string;
  greeting: string;
  persona: string;
  language: Language;
  /** Null: the server's usual voice for the language. */
  voice: VoiceId | null;
  vrmModelId: VrmModelId | null;
};

export const textFields = ['name', 'tagline', 'persona', 'greeting'] as const;
export type TextField = (typeof textFields)[number];
export type TextFault = 'missing' | 'long' | 'bad';
/** Only those that there are. */
export type Faults = { readonly [F in TextField]?: TextFault };

export const maxChars: Record<TextField, number> = {
  name: NAME_MAX_CHARS,
  tagline: TAGLINE_MAX_CHARS,
  persona: PERSONA_MAX_CHARS,
  greeting: GREETING_MAX_CHARS,
};

/** How much of a field's room is left; below 0: too long. */
export const charsLeft = (field: TextField, text: string): number =>
  maxChars[field] - text.normalize('NFC').trim().length;

/** By the schema that the server applies. */
function textFault(field: TextField, text: string): TextFault | undefined {
  if (CharacterInput.shape[field].safeParse(text).success) return undefined;
  if (text.trim() === '') return 'missing';
  return charsLeft(field, text) < 0 ? 'long' : 'bad';
}

export function faultsOf(values: TwinValues): Faults {
  const found = textFields.map((field) => [field, textFault(field, values[field])] as const);
  return Object.fromEntries(found.filter(([, fault]) => fault !== undefined));
}

export const isFaultless = (values: TwinValues): boolean => Object.keys(faultsOf(values)).length === 0;

/** What the server takes; undefined while something is missing or wrong. */
export const inputOf = (values: TwinValues): CharacterInput | undefined => CharacterInput.safeParse(values).data;

export const emptyTwin = (language: Language): TwinValues => ({
  name: '',
  tagline: '',
  greeting: '',
  persona: '',
  language,
  voice: null,
  vrmModelId: null,
});

export const valuesOf = (twin: OwnCharacter): TwinValues => ({
  name: twin.name,
  tagline: twin.tagline,
  greeting: twin.greeting,
  persona: twin.persona,
  language: twin.language,
  voice: twin.voice,
  vrmModelId: twin.vrmModelId,
});

/** A voice belongs to a language: another language begins with its usual one. */
export function withLanguage(values: TwinValues, language: Language): TwinValues {
  return values.language === language ? values : { ...values, language, voice: null };
}

/** Only what is different; nothing where nothing is. */
export function changesBetween(before: TwinValues, after: TwinValues): CharacterChange {
  const names = Object.keys(after) as (keyof TwinValues)[];
  return Object.fromEntries(names.filter((name) => after[name] !== before[name]).map((name) => [name, after[name]]));
}

export const isChanged = (before: TwinValues, after: TwinValues): boolean =>
  Object.keys(changesBetween(before, after)).length > 0;
