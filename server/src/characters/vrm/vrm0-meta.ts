import { plainText, quoted } from './plain-text.ts';
import { pointerTo, type Report } from './report.ts';
import type { Meta } from './vrm-parts.ts';
import type { Meta0 } from './vrm0-schema.ts';

const at = ['extensions', 'VRM', 'meta'];

type Terms = Pick<Meta['licence'], 'redistribution' | 'modification' | 'creditRequired'> & { commercial: boolean };
const shared = (modification: Terms['modification'], commercial: boolean): Terms => ({
  redistribution: true,
  modification,
  creditRequired: true,
  commercial,
});
const kept: Terms = { redistribution: false, modification: 'prohibited', creditRequired: true, commercial: true };
/** What a licence of 0.x means in the words of 1.0. `commercial`: as far as the licence goes. */
const licences: Record<string, Terms> = {
  CC0: { ...shared('allowModificationRedistribution', true), creditRequired: false },
  CC_BY: shared('allowModificationRedistribution', true),
  CC_BY_SA: shared('allowModificationRedistribution', true),
  CC_BY_ND: shared('prohibited', true),
  CC_BY_NC: shared('allowModificationRedistribution', false),
  CC_BY_NC_SA: shared('allowModificationRedistribution', false),
  CC_BY_NC_ND: shared('prohibited', false),
  Redistribution_Prohibited: kept,
  Other: kept,
};
const permissions: Record<string, Meta['licence']['avatarPermission']> = {
  OnlyAuthor: 'onlyAuthor',
  ExplicitlyLicensedPerson: 'onlySeparatelyLicensedPerson',
  Everyone: 'everyone',
};

/** Translates what the author of a 0.x file allows. What the file does not say is not allowed. */
export function readMeta0(meta: Meta0, report: Report): Meta {
  const name = meta.licenseName ?? 'Redistribution_Prohibited';
  const terms = (Object.hasOwn(licences, name) && licences[name]) || kept;
  tellOtherLicences(meta, name, report);
  const allowed = meta.commercialUssageName === 'Allow';
  const permission = meta.allowedUserName ?? '';
  return {
    name: meta.title ?? '',
    authors: meta.author ? [meta.author] : [],
    licence: {
      avatarPermission: (Object.hasOwn(permissions, permission) && permissions[permission]) || 'onlyAuthor',
      // 0.x does not tell people from companies: the narrower of the two.
      commercialUsage: allowed && terms.commercial ? 'personalProfit' : 'personalNonProfit',
      redistribution: terms.redistribution,
      modification: terms.modification,
      creditRequired: terms.creditRequired,
      violence: meta.violentUssageName === 'Allow',
      sexual: meta.sexualUssageName === 'Allow',
      politicalOrReligious: false,
      antisocialOrHate: false,
    },
    at: {
      meta: at,
      name: [...at, 'title'],
      authors: [...at, 'author'],
      commercial: [...at, allowed ? 'licenseName' : 'commercialUssageName'],
      permission: [...at, 'allowedUserName'],
      redistribution: [...at, 'licenseName'],
      credit: [...at, 'licenseName'],
    },
  };
}

function tellOtherLicences(meta: Meta0, name: string, report: Report): void {
  if (!Object.hasOwn(licences, name)) {
    const message = `Its licence ${quoted(name)} is none that VRM 0.x knows, so that nothing but use as its avatar is taken as allowed.`;
    report.warn('licence-unknown', `${message} Choose a licence in your editor.`, pointerTo(...at, 'licenseName'));
  }
  for (const key of ['otherLicenseUrl', 'otherPermissionUrl'] as const) {
    const address = plainText(meta[key] ?? '', 60);
    if (address === '') continue;
    const message = `It names other terms too: ${quoted(address)}. Read them, and publish only if they allow this.`;
    report.warn('other-licence', message, pointerTo(...at, key));
  }
  if (name === 'Other' && !meta.otherLicenseUrl) {
    report.warn(
      'other-licence',
      'It has a licence of its own, but does not say which. Ask its author.',
      pointerTo(...at, 'licenseName'),
    );
  }
}
