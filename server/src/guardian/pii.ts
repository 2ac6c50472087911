import type { Plain } from './defang.ts';
import type { Finding, Mask } from './urls.ts';

const cards = /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]\d)/gu;
const phones = [
  /(?<![\d.])\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,5}(?!\d)/gu, // international
  /(?<![\d.+-])0[1-9]\d{0,3}[ -]{1,2}\d{1,4}[ -]{1,2}\d{3,4}(?![\d-])/gu, // Japan, United Kingdom and others with a leading 0
  /(?<![\d.+-])\(0[1-9]\d{0,3}\) ?\d{1,4}[ -]?\d{3,4}(?![\d-])/gu,
  /(?<![\d.+-])0[5789]0\d{8}(?!\d)/gu,
  /(?<![\d.+-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}(?!\d)/gu, // North America
];
/** Toll-free and service lines, help lines among them, belong to no person. */
const serviceLine =
  /^(?:\+?1)?8(?:00|33|44|55|66|77|88)\d{7}$|^(?:0|\+?81)(?:120|570|800|990)\d{5,7}$|^(?:0|\+?44)80[08]\d{6,7}$/u;
const PHONE_DIGITS = { min: 10, max: 15 };

/** Card and phone numbers. Dates, prices, scores and versions are none. */
export function findNumbers({ text, starts, ends }: Plain): Finding[] {
  const found: Finding[] = [];
  const add = (at: number, length: number, mask: Mask) => {
    const [start, end] = [starts[at] ?? 0, ends[at + length - 1] ?? 0];
    if (found.some((other) => start < other.end && end > other.start)) return;
    found.push({ start, end, action: 'mask', label: 'pii', rule: `pii/${mask}`, mask });
  };
  for (const { 0: number, index } of text.matchAll(cards))
    if (isCard(number.replace(/\D/gu, ''))) add(index, number.length, 'card');
  for (const phone of phones)
    for (const { 0: number, index } of text.matchAll(phone)) {
      const digits = number.replace(/\D/gu, '');
      if (serviceLine.test(digits)) continue;
      if (digits.length >= PHONE_DIGITS.min && digits.length <= PHONE_DIGITS.max) add(index, number.length, 'phone');
    }
  return found.sort((a, b) => a.start - b.start);
}

/** Numbers of the card networks, with a right check digit. */
export function isCard(digits: string): boolean {
  const network =
    /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|35\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3[068]\d{12}|62\d{14,17})$/u;
  return network.test(digits) && luhn(digits);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}
