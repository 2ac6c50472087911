import type { VrmLicence } from '@fantwin/shared/vrm-models';
import { plainText } from './plain-text.ts';
import { pointerTo, type Report } from './report.ts';
import type { Meta, VrmParts } from './vrm-parts.ts';

const NAME_MAX_CHARS = 80;
const AUTHORS_MAX = 10;
/** A file that every fan downloads and pays to talk to: what its author must have said for that. */
export function checkLicence({ meta, version }: VrmParts, report: Report): { name: string; licence: VrmLicence } {
  const name = plainText(meta.name, NAME_MAX_CHARS);
  const authors = meta.authors.slice(0, AUTHORS_MAX).flatMap((author) => plainText(author, NAME_MAX_CHARS) || []);
  // Many 0.x files leave them empty; 1.0 demands them.
  const tell = version === '1.0' ? report.error.bind(report) : report.warn.bind(report);
  if (name === '')
    tell('name-missing', 'The model has no name. Fill it in in your editor.', pointerTo(...meta.at.name));
  if (authors.length === 0) {
    tell(
      'authors-missing',
      'The model does not say who made it. Fill in the author in your editor.',
      pointerTo(...meta.at.authors),
    );
  }
  checkTerms(meta, report);
  return { name: name || 'Untitled', licence: { authors, ...meta.licence } };
}

function checkTerms({ licence, at }: Meta, report: Report): void {
  if (licence.commercialUsage === 'personalNonProfit') {
    const message =
      'Its licence does not allow use for profit, but fans pay for twins. If it is yours, allow commercial use in your editor ' +
      '(personalProfit or corporation; in VRM 0.x: Allow, and no NC licence) and export again; otherwise ask its author.';
    report.error('commercial-not-allowed', message, pointerTo(...at.commercial));
  }
  if (licence.avatarPermission === 'onlyAuthor') {
    const message = 'Only its author may perform with this model. Publish it only if you are the author.';
    report.warn('permission-only-author', message, pointerTo(...at.permission));
  }
  if (licence.avatarPermission === 'onlySeparatelyLicensedPerson') {
    const message =
      'Only people with a licence of their own may perform with it. Publish it only if you hold that licence.';
    report.warn('permission-separate-licence', message, pointerTo(...at.permission));
  }
  if (!licence.redistribution) {
    const message =
      'Its licence does not allow passing the file on, but the browser of every fan downloads it. ' +
      'Publish it only if you are the author or the author agreed.';
    report.warn('redistribution-not-allowed', message, pointerTo(...at.redistribution));
  }
  if (licence.creditRequired) {
    const message = 'Its licence asks for credit: name its author where you show the twin, for example in its tagline.';
    report.warn('credit-required', message, pointerTo(...at.credit));
  }
}
