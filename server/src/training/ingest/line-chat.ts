import type { ChatLine } from './text-chats.ts';

const header = /^(?:\[LINE\]|Saved on[:：]|保存日時[:：]|Chat history )/u;
const day =
  /^(?:\d{4}[/.]\d{1,2}[/.]\d{1,2}\s?[（(]?[月火水木金土日](?:曜日)?[)）]?|(?:\p{L}{3,9}, )?\d{1,2}\/\d{1,2}\/\d{4}(?: ?\(?\p{L}{3,9}\)?)?|\d{4}[/.]\d{1,2}[/.]\d{1,2}[,\s]*\(?\p{L}{3,9}\)?)$/u;
const tabbed = /^(?:午前|午後|[AaPp]\.?[Mm]\.? ?)?(\d{1,2}:\d{2})(?: ?[AaPp]\.?[Mm]\.?)?\t([^\t]*)(?:\t(.*))?$/u;
/** Of the computer's program: the name has no space. */
const spaced = /^\d{2}:\d{2} (\S{1,40}) (.+)$/u;
const placeholder =
  /^(?:\[(?:スタンプ|写真|動画|アルバム|ノート|ファイル|連絡先|位置情報|ボイスメッセージ|音声|投票|イベント|プレゼント|Sticker|Photo|Video|Album|Notes?|File|Contact|Location|Voice message|Poll|Event|Gift)\]|スタンプ|写真|動画|☎[\s\S]*|[^\n]{0,60}メッセージの送信を取り消しました|[^\n]{0,60}unsent a message\.?)$/iu;

/** A line of LINE's text export, of the phone's app or the computer's. */
export function readLineChatLine(line: string): ChatLine {
  const plain = line.replace(/^\ufeff/u, '').trimEnd();
  if (header.test(plain) || day.test(plain)) return 'system';
  const [, , name, text] = tabbed.exec(plain) ?? [];
  if (name !== undefined) {
    if (!name || text === undefined) return 'system';
    return { author: { name }, text: text.replace(/^"/u, '') };
  }
  const [, shortName, said] = spaced.exec(plain) ?? [];
  return shortName && said ? { author: { name: shortName }, text: said } : 'more';
}

/** What stands for a picture, a sticker, a call. */
export const isLinePlaceholder = (text: string): boolean => placeholder.test(text.trim());
