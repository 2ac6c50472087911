import { VRM_MAX_BYTES } from '@fantwin/shared/limits';
import { expect, test } from 'vitest';
import { RequestError } from '../net/request-error.ts';
import { fileFault, findingsIn } from './use-avatar-upload.ts';

test('what is wrong with a file is said before it is sent', () => {
  expect(fileFault({ name: 'mira.vrm', size: VRM_MAX_BYTES })).toBeUndefined();
  expect(fileFault({ name: 'MIRA.VRM', size: 1 })).toBeUndefined();
  expect(fileFault({ name: 'mira.vrm', size: VRM_MAX_BYTES + 1 })).toBe('tooLarge');
  expect(fileFault({ name: 'mira.vrm', size: 0 })).toBe('empty');
  expect(fileFault({ name: 'mira.png', size: 5 })).toBe('otherKind');
});

test("a scan's findings are read from the refusal; another refusal has none", () => {
  const findings = [{ level: 'error', code: 'bone-missing', message: 'The body lacks bones.', pointer: '/a/b' }];
  const refused = (details: unknown) => new RequestError({ code: 'bad-request', message: 'No.', details });
  expect(findingsIn(refused({ findings }))).toEqual(findings);
  expect(findingsIn(refused({ field: 'name' }))).toEqual([]);
  expect(findingsIn(refused(undefined))).toEqual([]);
});
