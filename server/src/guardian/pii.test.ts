import { describe, expect, test } from 'vitest';
import { findEntities } from './entities.ts';
import { isCard } from './pii.ts';

const found = (text: string) => findEntities(text).map(({ start, end, mask }) => [mask, text.slice(start, end)]);

describe('personal data', () => {
  test.each([
    ['ann.lee+chat@mail.example.org', 'email'],
    ['ann (at) example (dot) org', 'email'],
    ['ann at gmail dot com', 'email'],
    ['ann @ example.org', 'email'],
    ['090-1234-5678', 'phone'],
    ['09012345678', 'phone'],
    ['０９０－１２３４－５６７８', 'phone'],
    ['03-1234-5678', 'phone'],
    ['+81 90 1234 5678', 'phone'],
    ['+1 (555) 234-5678', 'phone'],
    ['(555) 234-5678', 'phone'],
    ['555-234-5678', 'phone'],
    ['+49 30 12345678', 'phone'],
    ['020 7946 0958', 'phone'],
    ['4111 1111 1111 1111', 'card'],
    ['4111-1111-1111-1111', 'card'],
    ['378282246310005', 'card'],
  ])('%s is a %s', (text, mask) => {
    expect(found(text)).toEqual([[mask, text]]);
    expect(found(`It is ${text}, all right`)).toEqual([[mask, text]]);
    expect(found(`これは${text}です`)).toEqual([[mask, text]]);
  });

  test.each([
    ...[
      '4111 1111 1111 1112',
      '2024-01-15',
      '12/31/2024',
      '1,000,000',
      '10:30:45',
      '3.14159265',
      '5551234567',
      '123456789012345678',
    ],
    ...[
      '1 2 3 4 5 6 7 8 9 10',
      '100-200',
      'v1.20.300.4',
      '@somebody',
      'a@b',
      '1-800-273-8255',
      '0570-064-556',
      '0120-783-556',
      '988',
    ],
  ])('%s is none', (text) => {
    expect(findEntities(text)).toEqual([]);
  });

  test('cards have a network and a check digit', () => {
    expect(isCard('5555555555554444')).toBe(true);
    expect(isCard('5555555555554445')).toBe(false);
    expect(isCard('9999999999999995')).toBe(false);
  });
});
