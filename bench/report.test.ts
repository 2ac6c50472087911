import { describe, expect, test } from 'vitest';
import { document, notes, table } from './report.ts';
import type { Line } from './row.ts';

const met: Line = { what: 'fast', goal: '>= 1', ours: '2', peer: '1', ratio: '2', met: true, notes: [] };
const missed: Line = { what: 'slow|er', goal: '<= 1', ours: '2', met: false, notes: ['One event was lost.'] };
const told: Line = { what: 'seen', goal: '-', ours: '3', notes: [] };
const machine = { text: '2 cores', loadAtStart: 0.1, quiet: true };

describe('the report', () => {
  test('says for each line whether its goal is met', () => {
    const [, , first, second, third] = table([met, missed, told]).split('\n');
    expect(first).toBe('| fast | >= 1 | 2 | 1 | 2 | met |');
    expect(second).toBe('| slow\\|er | <= 1 | 2 | - | - | MISSED |');
    expect(third).toBe('| seen | - | 3 | - | - | no goal |');
  });

  test('names what was missed and what went wrong', () => {
    expect(notes([met, missed])).toBe('- **slow|er**: One event was lost.');
    expect(document([met], machine, 'npm run bench')).toContain('Every goal is met.');
    expect(document([met, missed], machine, 'npm run bench')).toContain('Missed: slow|er.');
  });

  test('tells when the machine was busy', () => {
    expect(document([met], machine, 'x')).not.toContain('busy');
    expect(document([met], { ...machine, quiet: false }, 'x')).toContain('busy');
  });
});
