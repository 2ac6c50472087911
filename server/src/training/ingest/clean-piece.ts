import type { StyleLanguage } from '@fantwin/shared/training';
import { languageOf } from './language.ts';
import { isQuoted, stripLineMarks } from './line-marks.ts';
import { stripMarkup } from './markup.ts';
import type { Piece } from './piece.ts';
import { findPrivate, kindOfMark, markPrivate, ownMarks, showMarks } from './private-data.ts';
import { stripSounds } from './sound-tags.ts';
import type { SourceNotes } from './source-notes.ts';
import { unfitness } from './speech.ts';
import { splitSentences } from './split-sentences.ts';
import { tidy } from './tidy.ts';

/** A clean sentence of the creator's. */
export type StyleSentence = { text: string; language: StyleLanguage };

/** No message is longer; of a longer one the beginning is used. */
const PIECE_MAX_CHARS = 100_000;
/** Longer than any sentence that is kept, whatever is taken out of it. */
const SENTENCE_MAX_CHARS = 2_000;

/**
 * The sentences of a piece, without markup, sounds, links and handles. One with personal data is left out whole: what
 * stands around a number is often about a person too, and a hole teaches broken sentences.
 */
export function* cleanPiece(piece: Piece, spoken: boolean, notes: SourceNotes): Generator<StyleSentence> {
  if (piece.text.includes('\ufffd')) {
    notes.drop('damaged', piece.text.replaceAll('\ufffd', ''));
    notes.problem(piece.line, 'This text has letters that cannot be read. It is left out.');
    return;
  }
  if (piece.text.length > PIECE_MAX_CHARS)
    notes.problem(piece.line, 'This text is longer than 100,000 characters. Only its beginning is used.');
  const plain = stripSounds(stripMarkup(piece.text.slice(0, PIECE_MAX_CHARS)), spoken, (sound) =>
    notes.drop('sound', sound),
  );
  const own = spoken ? plain : withoutQuotes(plain, notes);
  const { text, kinds } = markPrivate(own);
  for (const kind of kinds) notes.foundPrivate(kind);
  for (const line of text.split('\n'))
    for (const sentence of splitSentences(stripLineMarks(line, spoken))) {
      const clean = cleanSentence(sentence, notes);
      if (clean) yield clean;
    }
}

function withoutQuotes(text: string, notes: SourceNotes): string {
  if (!/[>＞]|wrote:|書きました|-{3}/u.test(text)) return text;
  const lines = text.split('\n').filter((line) => {
    const quoted = isQuoted(line);
    if (quoted) notes.drop('not-own');
    return !quoted;
  });
  return lines.join('\n');
}

function cleanSentence(marked: string, notes: SourceNotes): StyleSentence | undefined {
  if (marked.length > SENTENCE_MAX_CHARS) {
    notes.drop('too-long', showMarks(marked.slice(0, SENTENCE_MAX_CHARS)));
    return undefined;
  }
  const marks = marked.match(ownMarks) ?? [];
  const personal = marks.some((mark) => !['link', 'handle'].includes(kindOfMark(mark) ?? ''));
  if (personal) {
    notes.drop('personal-data', showMarks(marked));
    return undefined;
  }
  const text = tidy(marked);
  if (!text) {
    notes.drop(marks.length || /[#＃]/u.test(marked) ? 'only-links' : 'not-speech', showMarks(marked));
    return undefined;
  }
  const language = languageOf(text);
  const reason = unfitness(text, language);
  if (reason) {
    notes.drop(reason, text);
    return undefined;
  }
  // What was taken out may have stood between two halves of a number.
  const [left] = findPrivate(text);
  if (left) {
    notes.foundPrivate(left.kind);
    notes.drop('personal-data', text);
    return undefined;
  }
  return { text, language };
}
