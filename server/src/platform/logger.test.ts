import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function logged(fields: object): Record<string, unknown> {
  const lines: string[] = [];
  createLogger({ level: 'info', name: 'test' }, { write: (line: string) => void lines.push(line) }).info(
    fields,
    'said',
  );
  return JSON.parse(lines[0] ?? '');
}

test('secret fields are left out to four levels', () => {
  const secrets = {
    authorization: 's3cret',
    cookie: 's3cret',
    token: 's3cret',
    password: 's3cret',
    'set-cookie': 's3cret',
  };
  const line = logged({ ...secrets, a: { ...secrets, b: { ...secrets, c: { ...secrets, id: 7 } } } });
  expect(JSON.stringify(line)).not.toContain('s3cret');
  expect(line).toMatchObject({ msg: 'said', a: { b: { c: { id: 7, password: '[secret]' } } } });
});

test('of an error only what tells where it broke, with its causes', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', command: { args: ['what a fan wrote'] } });
  const line = logged({ err: new Error('outer', { cause }) });
  expect(line.err).toMatchObject({
    type: 'Error',
    message: 'outer',
    cause: { message: 'refused', code: 'ECONNREFUSED' },
  });
  expect((line.err as { stack: string }).stack).toContain('logger.test');
  expect(JSON.stringify(line)).not.toContain('what a fan wrote');
  expect(logged({ err: 'thrown text' }).err).toEqual({
    type: 'string',
    message: 'something that is no Error was thrown',
  });
});

test('errors that cause each other end', () => {
  const one: Error = new Error('one');
  one.cause = new Error('two', { cause: one });
  expect(JSON.stringify(logged({ err: one })).length).toBeLessThan(20_000);
});
