import type { ChatLine } from './text-chats.ts';

const date = String.raw`(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})`;
const time = String.raw`(?:(?:午前|午後|오전|오후)\s?)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?(?:[AaPp]\.?\s?[Mm]\.?))?`;
/** `12/31/23, 9:41 PM - Ann: Hi`, `[31.12.2023, 21:41:05] Ann: Hi`, `2023/12/31 21:41 - Ann: Hi` */
const opening = new RegExp(`^(?:\\[${date},?\\s${time}\\]|${date},?\\s${time}\\s[-–])\\s(.*)$`, 'u');
const said = /^([^:]{1,80}?): (.*)$/u;
const edited = /\s*<(?:This message was edited|このメッセージは編集されました|編集済み)>\s*$/u;
const placeholder =
  /^(?:<[^<>]{0,40}(?:omitted|attached)[^<>]*>|<(?:メディアは含まれていません|メディアなし|添付ファイル[^<>]*)>|(?:image|video|audio|sticker|gif|document|contact card)\s+omitted|(?:画像|動画|音声|ステッカー|スタンプ|gif|ドキュメント|連絡先)(?:が)?(?:省略されました|は含まれていません)|this message was deleted\.?|you deleted this message\.?|(?:この)?メッセージ(?:は|を)(?:削除されました|削除しました)|null|missed (?:voice|video) call|[^\n]{1,80} \(file attached\)|[^\n]{1,80}\(添付ファイル\)|location: https?:\S+|poll:[\s\S]*)$/iu;

const invisible = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A line of WhatsApp's text export, in the date formats of its languages. */
export function readWhatsAppLine(line: string): ChatLine {
  const plain = line.replace(invisible, '');
  const rest = opening.exec(plain)?.[1];
  if (rest === undefined) return 'more';
  const [, name, text = ''] = said.exec(rest) ?? [];
  return name ? { author: { name: name.trim() }, text: text.replace(edited, '') } : 'system';
}

/** What stands for a picture, a call, a deleted message. */
export const isWhatsAppPlaceholder = (text: string): boolean => placeholder.test(text.replace(edited, '').trim());
