import { z } from 'zod';
import { AppError } from './errors.ts';

const FAULTS_MAX = 10;

/** What came from outside, by its schema. Throws `bad-request` that names each wrong field and says what to do. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input, { error: plainWords });
  if (result.success) return result.data;
  const faults = result.error.issues.slice(0, FAULTS_MAX).map((issue) => ({
    field: issue.path.join('.') || 'the request',
    message: issue.message,
  }));
  throw new AppError('bad-request', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), {
    details: { faults },
  });
}

/** A schema's own words win; these stand in for the library's defaults. */
const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${wordFor[issue.expected] ?? `a ${issue.expected}`}`;
    case 'too_small':
      if (issue.origin === 'string') return `use at least ${count(issue.minimum, 'character')}`;
      if (issue.origin === 'array') return `give at least ${count(issue.minimum, 'entry', 'entries')}`;
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `use at most ${count(issue.maximum, 'character')}`;
      if (issue.origin === 'array') return `give at most ${count(issue.maximum, 'entry', 'entries')}`;
      return `must be at most ${issue.maximum}`;
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? 'written in the expected form'}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return undefined;
  }
};

const wordFor: Record<string, string> = { string: 'text', int: 'a whole number', array: 'a list', object: 'an object' };
const formats: Record<string, string> = { email: 'an e-mail address', uuid: 'an id', url: 'an address' };

function count(n: number | bigint, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
