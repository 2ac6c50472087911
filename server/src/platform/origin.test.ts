import { expect, test } from 'vitest';
import { createOriginCheck } from './origin.ts';

const ours = createOriginCheck('https://chat.example/some/path');
const local = createOriginCheck('http://127.0.0.1:3000');

test.each([
  [ours, { origin: 'https://chat.example' }, true, false],
  [ours, { origin: 'https://chat.example:8443' }, false, true],
  [ours, { origin: 'http://chat.example' }, false, true],
  [ours, { origin: 'https://a.chat.example' }, false, true],
  [ours, { origin: 'null' }, false, true],
  [ours, { origin: '' }, false, true],
  [ours, { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false, true],
  [ours, { 'sec-fetch-site': 'same-origin' }, true, false],
  [ours, { 'sec-fetch-site': 'same-site' }, false, false],
  [ours, { 'sec-fetch-site': 'cross-site' }, false, true],
  [ours, {}, false, false],
  [ours, { origin: 'https://localhost' }, false, true],
  [local, { origin: 'http://localhost:3000' }, true, false],
  [local, { origin: 'http://[::1]:3000' }, true, false],
  [local, { origin: 'http://localhost:3001' }, false, true],
  [local, { origin: 'https://localhost:3000' }, false, true],
  [local, { origin: 'http://localhost.evil.example:3000' }, false, true],
])('headers %#', (check, headers, fromOurPage, fromOtherPage) => {
  expect([check.fromOurPage(headers), check.fromOtherPage(headers)]).toEqual([fromOurPage, fromOtherPage]);
});
