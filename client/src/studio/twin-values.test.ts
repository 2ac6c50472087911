import type { VrmModelId } from '@fantwin/shared/ids';
import { NAME_MAX_CHARS } from '@fantwin/shared/limits';
import { expect, test } from 'vitest';
import { inLanguage, isReplaceable, startersIn } from './starters.ts';
import {
  changesBetween,
  charsLeft,
  emptyTwin,
  faultsOf,
  inputOf,
  isChanged,
  isFaultless,
  type TwinValues,
  withLanguage,
} from './twin-values.ts';

const mira: TwinValues = {
  name: 'Mira',
  tagline: 'A singer',
  greeting: 'Hello!',
  persona: 'You are a singer.\nYou sing.',
  language: 'en',
  voice: 'espeak:en-us+f3',
  vrmModelId: '01990000-0000-7000-8000-000000000013' as VrmModelId,
};

test('an empty twin lacks every text, and a whole one nothing', () => {
  expect(faultsOf(emptyTwin('ja'))).toEqual({
    name: 'missing',
    tagline: 'missing',
    persona: 'missing',
    greeting: 'missing',
  });
  expect(isFaultless(mira)).toBe(true);
});

test('what is too long and what cannot be seen are told apart', () => {
  const odd = { ...mira, name: 'M'.repeat(NAME_MAX_CHARS + 1), tagline: 'sing\u200ber', greeting: ' \n ' };
  expect(faultsOf(odd)).toEqual({ name: 'long', tagline: 'bad', greeting: 'missing' });
  expect(charsLeft('name', odd.name)).toBe(-1);
  expect(charsLeft('name', ' Mira ')).toBe(NAME_MAX_CHARS - 4);
});

test('only a whole twin with an avatar can be sent', () => {
  expect(inputOf(mira)).toEqual(mira);
  expect(inputOf({ ...mira, vrmModelId: null })).toBeUndefined();
  expect(inputOf({ ...mira, greeting: '' })).toBeUndefined();
});

test('only what is different is sent', () => {
  expect(changesBetween(mira, { ...mira })).toEqual({});
  expect(isChanged(mira, { ...mira })).toBe(false);
  expect(changesBetween(mira, { ...mira, name: 'Rin', voice: null })).toEqual({ name: 'Rin', voice: null });
});

test('another language begins with its usual voice; the same one keeps the voice', () => {
  expect(withLanguage(mira, 'ja')).toEqual({ ...mira, language: 'ja', voice: null });
  expect(withLanguage(mira, 'en')).toBe(mira);
});

test('an example speaks the language that is chosen, and what somebody wrote stays', () => {
  const { persona, tagline } = startersIn('en').gamer;
  const mine = { ...mira, persona, tagline, greeting: 'Hello, it is me!' };
  const japanese = inLanguage(mine, 'ja');
  expect(japanese).toMatchObject({ ...startersIn('ja').gamer, greeting: 'Hello, it is me!', voice: null });
  expect(inLanguage(japanese, 'en')).toEqual({ ...mine, voice: null });
  expect(mine.persona).toBe(persona);
});

test('every example is a good twin, and is known as an example', () => {
  for (const language of ['en', 'ja'] as const) {
    for (const starter of Object.values(startersIn(language))) {
      expect(isFaultless({ ...mira, ...starter, language })).toBe(true);
      expect(isReplaceable('tagline', starter.tagline)).toBe(true);
    }
  }
  expect(isReplaceable('greeting', '  ')).toBe(true);
  expect(isReplaceable('greeting', 'My own words')).toBe(false);
});
