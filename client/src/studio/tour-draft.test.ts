import type { VrmModelId } from '@fantwin/shared/ids';
import { expect, test } from 'vitest';
import { canEnter, type Draft, firstOpenStep, packDraft, stepBeside, unpackDraft } from './tour-draft.ts';
import { emptyTwin } from './twin-values.ts';

const me = '01990000-0000-7000-8000-000000000001';
const you = '01990000-0000-7000-8000-000000000002';
const vrmModelId = '01990000-0000-7000-8000-000000000003' as VrmModelId;
const begun: Draft = { values: { ...emptyTwin('en'), name: 'Mi', vrmModelId } };
const whole: Draft = {
  values: { ...begun.values, name: 'Mira', tagline: 'Sings', greeting: 'Hi!', persona: 'You are a singer.' },
};

test('a draft comes back as it was, for the one who wrote it', () => {
  for (const draft of [begun, whole]) expect(unpackDraft(packDraft(me, draft), me, 'ja')).toEqual(draft);
  expect(unpackDraft(packDraft(me, whole), you, 'ja')).toEqual({ values: emptyTwin('ja') });
});

test('what is no draft is an empty one', () => {
  const broken = [undefined, '', '{', 'null', '{"userId":"x"}', packDraft(me, whole).replace('"en"', '"fr"')];
  for (const stored of broken) expect(unpackDraft(stored, me, 'en')).toEqual({ values: emptyTwin('en') });
});

test('a step can be entered when everything before it is done', () => {
  expect(firstOpenStep({ values: emptyTwin('en') })).toBe('avatar');
  expect(firstOpenStep(begun)).toBe('who');
  expect(firstOpenStep(whole)).toBe('live');
  expect(['avatar', 'who', 'voice', 'live'].map((step) => canEnter(begun, step as 'who'))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(canEnter(whole, 'live')).toBe(true);
});

test('each step has its neighbours', () => {
  expect(stepBeside('who', -1)).toBe('avatar');
  expect(stepBeside('who', 1)).toBe('voice');
  expect(stepBeside('avatar', -1)).toBeUndefined();
  expect(stepBeside('live', 1)).toBeUndefined();
});
