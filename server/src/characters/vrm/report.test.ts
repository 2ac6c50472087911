import { describe, expect, test } from 'vitest';
import { findingCodes } from './finding-codes.ts';
import { pointerTo, Report } from './report.ts';

describe('what a scan reports', () => {
  test('errors first, whatever was found first', () => {
    const report = new Report();
    report.warn('gaze-missing', 'No eyes.');
    report.error('bone-missing', 'No head.', '/x');
    expect(report.findings()).toEqual([
      { level: 'error', code: 'bone-missing', message: 'No head.', pointer: '/x' },
      { level: 'warning', code: 'gaze-missing', message: 'No eyes.' },
    ]);
  });

  test('one mistake made ten thousand times does not hide another', () => {
    const report = new Report();
    for (let i = 0; i < 10_000; i += 1) report.error('index-out-of-range', 'Not there.', pointerTo('nodes', i));
    report.error('bone-missing', 'No head.');
    report.warn('gaze-missing', 'No eyes.');
    expect(report.findings().map(({ code }) => code)).toEqual([
      ...Array.from({ length: 3 }, () => 'index-out-of-range'),
      'bone-missing',
      'more-findings',
      'gaze-missing',
    ]);
    expect(report.findings()[4]).toMatchObject({ level: 'error', message: expect.stringContaining('9997 more') });
    expect(report.errors).toBe(10_001);
  });

  test('twenty, and how many more', () => {
    const report = new Report();
    for (const code of findingCodes) report.error(code, 'Wrong.');
    const findings = report.findings();
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)?.message).toContain(`${findingCodes.length - 20} more`);
  });

  test('warnings alone are no error, however many', () => {
    const report = new Report();
    for (let i = 0; i < 10; i += 1) report.warn('many-morphs', 'Many.');
    expect(report.errors).toBe(0);
    expect(report.findings().at(-1)).toMatchObject({ level: 'warning', code: 'more-findings' });
  });
});

describe('a pointer', () => {
  test('escapes keys as RFC 6901 says', () => {
    expect(pointerTo('a/b', 'c~d', 0)).toBe('/a~1b/c~0d/0');
    expect(pointerTo()).toBe('');
  });

  test('ends above a key that nobody should be shown', () => {
    expect(pointerTo('custom', 'a\u0000b', 'node')).toBe('/custom');
    expect(pointerTo('custom', '\u202Eevil')).toBe('/custom');
    expect(pointerTo('custom', 'x'.repeat(1_000))).toBe('/custom');
    expect(pointerTo(...Array.from({ length: 60 }, () => 'x'.repeat(79))).length).toBeLessThan(400);
  });
});
