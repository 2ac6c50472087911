import type { VrmLicence } from '@fantwin/shared/vrm-models';

const who = { onlyAuthor: 'onlyAuthor', onlySeparatelyLicensedPerson: 'onlyLicensed', everyone: 'everyone' } as const;
const money = { personalNonProfit: 'noMoney', personalProfit: 'ownMoney', corporation: 'anyMoney' } as const;
const change = {
  prohibited: 'noChange',
  allowModification: 'ownChange',
  allowModificationRedistribution: 'anyChange',
} as const;

/** One sentence of a licence, by the name of its string, and whether it allows something. */
export type LicenceLine = { says: ReturnType<typeof saysOf>[number]; allows: boolean };

function saysOf(licence: VrmLicence) {
  return [
    who[licence.avatarPermission],
    money[licence.commercialUsage],
    licence.redistribution ? 'passOn' : 'noPassOn',
    change[licence.modification],
    licence.creditRequired ? 'credit' : 'noCredit',
    licence.violence ? 'violence' : 'noViolence',
    licence.sexual ? 'sexual' : 'noSexual',
    licence.politicalOrReligious ? 'political' : 'noPolitical',
    licence.antisocialOrHate ? 'hate' : 'noHate',
  ] as const;
}

const forbids = new Set<string>([
  'onlyAuthor',
  'onlyLicensed',
  'noMoney',
  'noPassOn',
  'noChange',
  'credit',
  'noViolence',
  'noSexual',
  'noPolitical',
  'noHate',
]);

/** What the author of a model allows and what not, in the order in which people ask. */
export const licenceInWords = (licence: VrmLicence): LicenceLine[] =>
  saysOf(licence).map((says) => ({ says, allows: !forbids.has(says) }));
