/** Whether the last digit of a card number is right (Luhn). */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{13,19}$/u.test(digits) || /^(\d)\1+$/u.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

/** The length of the IBAN that a text begins with, 0 for none (ISO 13616: the remainder by 97 is 1). */
export function ibanLength(text: string): number {
  for (let length = text.length; length >= 15; length -= 1) {
    if (/\s/u.test(text[length - 1] ?? '') || /[a-z0-9]/iu.test(text[length] ?? '')) continue;
    const plain = text.slice(0, length).replace(/ /gu, '').toUpperCase();
    if (plain.length >= 15 && plain.length <= 34 && remainder97(plain.slice(4) + plain.slice(0, 4)) === 1)
      return length;
  }
  return 0;
}

function remainder97(text: string): number {
  let remainder = 0;
  for (const char of text)
    for (const digit of String(Number.parseInt(char, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}
