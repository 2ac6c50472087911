import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readYaml } from './yaml.ts';

const deploy = fileURLToPath(new URL('../../../deploy/', import.meta.url));
const program = `
import json, sys, yaml
texts = json.load(sys.stdin)
json.dump([[d for d in yaml.safe_load_all(text) if d is not None] for text in texts], sys.stdout)`;
const python = (texts: string[]) =>
  spawnSync('python3', ['-c', program], { encoding: 'utf8', input: JSON.stringify(texts) });

describe('the YAML reader of these tests', () => {
  test('reads what our files are written in', () => {
    const text = `# a comment
name: "quoted: yes" # why
list:
- one
- key: 1
  more: {a: b, c: [1, "two, three"]}
-  far
text: |
  first
    second # no comment

folded: >-
  one
  two
empty:
a/b.c-d: 1.5
---
- true
`;
    expect(readYaml(text)).toEqual([
      {
        name: 'quoted: yes',
        list: ['one', { key: 1, more: { a: 'b', c: [1, 'two, three'] } }, 'far'],
        text: 'first\n  second # no comment\n',
        folded: 'one two',
        empty: null,
        'a/b.c-d': 1.5,
      },
      [true],
    ]);
  });

  test.each([
    'a: *alias',
    'a: &anchor b',
    'a: !!str b',
    'a: off',
    'a: 0644',
    'a: b: c',
    'a: b\n   c',
    'a: 1\na: 2',
    'a: "b',
    'a: [b',
    'a:\n\t- b',
    '? a',
    '- - nested',
    'a: 1\n   b: 2',
  ])('refuses what it does not know: %j', (text) => {
    expect(() => readYaml(text)).toThrow(/line \d/);
  });

  test.skipIf(python([]).status !== 0)('reads every file of deploy/ as PyYAML does', () => {
    const paths = readdirSync(deploy, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path));
    expect(paths.length).toBeGreaterThan(10);
    const texts = paths.map((path) => readFileSync(deploy + path, 'utf8'));
    const theirs = JSON.parse(python(texts).stdout) as unknown[];
    for (const [n, text] of texts.entries()) expect(readYaml(text), paths[n]).toEqual(theirs[n]);
  });
});
