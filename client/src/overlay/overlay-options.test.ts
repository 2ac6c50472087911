import { expect, test } from 'vitest';
import { readOptions } from './overlay-options.ts';

const read = (search: string) => readOptions(new URLSearchParams(search));
const usual = { captions: 'on', voice: 'off', side: 'center', size: 100 };

test('an address without a word gives the usual overlay: seen, not heard', () => {
  expect(read('')).toEqual({ options: usual, faults: [] });
});

test('every option can be said', () => {
  const { options, faults } = read('captions=off&voice=on&side=left&size=45');
  expect(options).toEqual({ captions: 'off', voice: 'on', side: 'left', size: 45 });
  expect(faults).toEqual([]);
});

test('what is not understood is named, and changes nothing', () => {
  const { options, faults } = read('captions=of&side=up&size=1000&colour=red&voice=on');
  expect(options).toEqual({ ...usual, voice: 'on' });
  expect(faults).toEqual(['captions=of', 'side=up', 'size=1000', 'colour=red']);
  expect(read('size=&side=').faults).toEqual([]);
});
