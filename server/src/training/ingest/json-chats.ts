import { readDiscord } from './discord.ts';
import { type JsonElement, JsonElements } from './json-elements.ts';
import type { Parser, Piece } from './piece.ts';
import { readSlack } from './slack.ts';
import type { SourceNotes } from './source-notes.ts';
import { readTelegram } from './telegram.ts';
import { readTweet } from './twitter.ts';

const formats = {
  discord: { list: 'messages', read: readDiscord, app: 'DiscordChatExporter' },
  telegram: { list: 'messages', read: readTelegram, app: 'Telegram' },
  slack: { list: undefined, read: readSlack, app: 'Slack' },
  twitter: { list: undefined, read: readTweet, app: 'an archive of X (Twitter)' },
} as const;

/** Chat exports in JSON. */
export function parseJsonChat(notes: SourceNotes, kind: keyof typeof formats): Parser {
  const { list, read, app } = formats[kind];
  const elements = new JsonElements(notes, list);
  function* entries(found: Iterable<JsonElement>): Generator<Piece> {
    for (const { value, line } of found) {
      notes.pieces += 1;
      const entry = read(value);
      if (entry && 'text' in entry) yield { ...entry, line };
      else if (entry) notes.drop(entry.skip);
      else {
        notes.drop('damaged');
        notes.problem(line, `The entry that begins here is no message as ${app} writes it. It is left out.`);
      }
    }
  }
  return {
    push: (text) => entries(elements.push(text)),
    end() {
      elements.end();
      return [];
    },
  };
}
