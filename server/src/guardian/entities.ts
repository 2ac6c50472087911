import { readPlain } from './defang.ts';
import { findNumbers } from './pii.ts';
import { findLinks, type Finding, type Mask } from './urls.ts';

/** What stands in place of what may not be shown. Nothing in it can be clicked. */
export const maskTexts: Record<Mask, string> = {
  link: '[link removed]',
  email: '[email removed]',
  phone: '[phone number removed]',
  card: '[card number removed]',
};

/** Links and personal data in a text, in order, none overlapping. */
export function findEntities(text: string): Finding[] {
  const plain = readPlain(text);
  const links = findLinks(plain);
  const numbers = findNumbers(plain).filter(
    ({ start, end }) => !links.some((link) => start < link.end && end > link.start),
  );
  return [...links, ...numbers].sort((a, b) => a.start - b.start);
}
