import type { PrivateKind } from '@fantwin/shared/training';
import { isCardNumber } from './check-digits.ts';

/** From seven digits on a number says who somebody is or what they own; years, dates and prices do not. */
const DIGITS_MIN = 7;
export const digitRuns = /(?<![\d.,])\+?\(?\d(?:[ .()-]{0,3}\d){6,40}/gu;

const date = /(?<!\d)(?:(?:19|20)\d\d[-.]\d{1,2}[-.]\d{1,2}|\d{1,2}[-.]\d{1,2}[-.](?:19|20)\d\d)(?!\d)/gu;
const years = /^(?:(?:19|20)\d\d[ -]*)+$/u;
const thousands = /^\d{1,3}(?:[. ]000)+$|^\d{1,3}(?:\.\d{3})+$/u;
const decimal = /^\d+\.\d+$/u;

const spoken = '(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)';
/** Digits read aloud, as captions write them. */
export const spokenDigits = new RegExp(`(?<![\\p{L}])(?:${spoken}[\\s,-]+){6,40}${spoken}(?![\\p{L}])`, 'giu');

/** What a run of digits with spaces, dots and hyphens between them is; undefined: nothing private. */
export function kindOfDigits(run: string, after: string): PrivateKind | undefined {
  if (years.test(run) || thousands.test(run) || (decimal.test(run) && !/^0\d/u.test(run))) return undefined;
  if (after.startsWith(',') && /^,\d/u.test(after) && run.length < 10) return undefined;
  const digits = run.replace(date, ' ').replace(/\D/gu, '');
  if (digits.length < DIGITS_MIN) return undefined;
  if (isCardNumber(digits)) return 'card';
  return isPhone(run, digits) ? 'phone' : 'number';
}

/** Japan and others with a leading 0, North America, and the international form. */
function isPhone(run: string, digits: string): boolean {
  if (run.startsWith('+') || run.startsWith('(+')) return digits.length >= 8 && digits.length <= 15;
  if (/^\(?0/u.test(run)) return digits.length >= 9 && digits.length <= 12;
  return (
    /^(?:1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-]?)\d{3}[ .-]?\d{4}$/u.test(run) || /^\d{3}[ -]\d{4}$/u.test(run)
  );
}
