import { z } from 'zod';

// The words are ends of a sentence: "Here the file must have ...".
export const index = z.int('a whole number, 0 or more').min(0, 'a whole number, 0 or more');
export const number = z.number('a number');
export const text = z.string('text');
export const flag = z.boolean('true or false');
export const listOf = <T extends z.ZodType>(entry: T) => z.array(entry, 'a list');
export const numbers = (length: number) => listOf(number).length(length, `a list of ${length} numbers`);
export const object = <T extends z.ZodRawShape>(shape: T) => z.object(shape, 'an object');
export const recordOf = <T extends z.ZodType>(entry: T) => z.record(z.string(), entry, 'an object');
export const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, `one of ${words.join(', ')}`);
