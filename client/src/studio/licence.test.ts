import type { VrmLicence } from '@fantwin/shared/vrm-models';
import { expect, test } from 'vitest';
import { licenceInWords } from './licence.ts';

const strict: VrmLicence = {
  authors: ['Ann'],
  avatarPermission: 'onlyAuthor',
  commercialUsage: 'personalNonProfit',
  redistribution: false,
  modification: 'prohibited',
  creditRequired: true,
  violence: false,
  sexual: false,
  politicalOrReligious: false,
  antisocialOrHate: false,
};
const open: VrmLicence = {
  authors: ['Ann'],
  avatarPermission: 'everyone',
  commercialUsage: 'corporation',
  redistribution: true,
  modification: 'allowModificationRedistribution',
  creditRequired: false,
  violence: true,
  sexual: true,
  politicalOrReligious: true,
  antisocialOrHate: true,
};
const says = (licence: VrmLicence) => licenceInWords(licence).map((line) => line.says);

test('a strict licence forbids in every line, an open one in none', () => {
  expect(licenceInWords(strict).filter(({ allows }) => allows)).toEqual([]);
  expect(licenceInWords(open).filter(({ allows }) => !allows)).toEqual([]);
});

test('it says who, for money, passing on, changes, credit and scenes, in this order', () => {
  expect(says(strict)).toEqual([
    'onlyAuthor',
    'noMoney',
    'noPassOn',
    'noChange',
    'credit',
    'noViolence',
    'noSexual',
    'noPolitical',
    'noHate',
  ]);
  const middle = { ...strict, commercialUsage: 'personalProfit', modification: 'allowModification' } as const;
  expect(licenceInWords(middle).filter(({ allows }) => allows)).toEqual([
    { says: 'ownMoney', allows: true },
    { says: 'ownChange', allows: true },
  ]);
});
