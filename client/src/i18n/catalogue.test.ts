import { expect, test } from 'vitest';
import { en } from './en.ts';
import { pickLanguage } from './i18n.ts';
import { ja } from './ja.ts';

type Tree = { [key: string]: string | Tree };

const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
const holes = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted((a = '', b = '') => (a < b ? -1 : 1));

test('every string is there in both languages, with the same holes, and Japanese is Japanese', () => {
  const english = new Map(flat(en));
  const japanese = new Map(flat(ja));
  expect([...japanese.keys()]).toEqual([...english.keys()]);
  for (const [key, text] of japanese) {
    expect(text.trim(), key).not.toBe('');
    expect(holes(text), key).toEqual(holes(english.get(key) ?? ''));
    if (!['app.name', 'conversation.ai'].includes(key))
      expect(text, key).toMatch(/[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u);
  }
});

test("the browser's first language that we have is taken", () => {
  expect(pickLanguage(['fr-FR', 'ja-JP', 'en'])).toBe('ja');
  expect(pickLanguage(['en-GB', 'ja'])).toBe('en');
  expect(pickLanguage(['de'])).toBe('en');
});
