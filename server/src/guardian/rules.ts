import { Matcher } from './matcher.ts';
import { compilePatterns, type PatternTable } from './pattern.ts';
import { english } from './rules/english.ts';
import { japanese } from './rules/japanese.ts';
import type { Direction, RuleSource } from './rules/source.ts';

export const WORD_LIST_RULE = 'word-list';
const WORD_LISTS_KEPT = 256;

export type Rules = {
  /** One for each text: it remembers what it has read. */
  match(direction: Direction, wordList: readonly string[]): Matcher;
};

export function createRules(sources: readonly RuleSource[] = [...english, ...japanese]): Rules {
  const general = { input: compile(sources, 'input'), output: compile(sources, 'output') };
  const wordLists = new Map<string, PatternTable>();

  function wordTable(words: readonly string[]): PatternTable {
    const key = words.join('\n');
    const table = wordLists.get(key) ?? compileWords(words);
    wordLists.delete(key);
    wordLists.set(key, table);
    const [oldest] = wordLists.keys();
    if (oldest !== undefined && wordLists.size > WORD_LISTS_KEPT) wordLists.delete(oldest);
    return table;
  }

  return {
    match: (direction, wordList) =>
      new Matcher(wordList.length > 0 ? [general[direction], wordTable(wordList)] : [general[direction]]),
  };
}

function compile(sources: readonly RuleSource[], direction: Direction): PatternTable {
  const here = sources.filter(({ on }) => !on || on === direction);
  return compilePatterns(
    here.flatMap(({ id, label, patterns, safe }) => [
      { rule: { id, label }, patterns },
      { rule: { id, label, safe: true }, patterns: safe },
    ]),
  );
}

const compileWords = (words: readonly string[]): PatternTable =>
  compilePatterns([
    {
      rule: { id: WORD_LIST_RULE, label: 'word_list' },
      patterns: words.join('\n').replace(/\.\.+/gu, ' '),
      literal: true,
    },
  ]);
