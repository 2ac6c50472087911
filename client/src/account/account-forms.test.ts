import { expect, test } from 'vitest';
import { emailFault, nameFault, passwordFault } from './account-forms.ts';

test('a name is refused for what is wrong with it', () => {
  expect(['Aki', '  あき  ', '👋🏽 Jo'].map(nameFault)).toEqual([undefined, undefined, undefined]);
  expect([' ', 'x'.repeat(41), 'A\u0007ki'].map(nameFault)).toEqual(['nameMissing', 'nameLong', 'nameBad']);
});

test('an e-mail and a password are looked at before they are sent', () => {
  expect([
    emailFault(' a@example.org '),
    emailFault('a@'),
    passwordFault('ten chars!'),
    passwordFault('short'),
  ]).toEqual([undefined, 'emailBad', undefined, 'passwordShort']);
});
