import type { Language } from '@fantwin/shared/characters';
import { estimateTokens } from '../llm/tokens.ts';

const roleNames = ['system', 'assistant', 'user', 'developer', 'tool', 'creator', 'moderator', 'admin', 'ai'];
const firstLetters = /^.{0,24}/u;

/** A fan's name as it stands before their text: it can hold no mark that a prompt is made of, and be nobody else's. */
export function promptName(name: string, characterName: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}'._ -]/gu, ' ')
    .replace(/\s+/gu, ' ');
  const short = (plain.trim().match(firstLetters)?.[0] ?? '').trim();
  const reserved = [...roleNames, characterName.toLowerCase()];
  if (short === '') return 'fan';
  return reserved.includes(short.toLowerCase()) ? `fan ${short}` : short;
}

/** A text as one line, without the marks of chat templates. */
export function promptText(text: string): string {
  return text
    .replace(/<\|/g, '< |')
    .replace(/\|>/g, '| >')
    .replace(/<<\/?SYS>>|\[\/?INST\]|<\/?s>|<(?:start|end)_of_turn>/gi, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const questionWords =
  /^(?:who|whose|what|where|when|why|how|which|are|is|am|do|does|did|can|could|will|would|should|have|has)\b/iu;

/** An English text with a capital at its front and a mark at its end: small models answer those far better. */
export function wellFormed(text: string): string {
  if (!/^[a-z]/i.test(text)) return text;
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  if (!/[a-z0-9]$/i.test(begun)) return begun;
  return begun + (questionWords.test(begun) ? '?' : '.');
}

/** As much of a text as fits, ended at a sentence where there is one. */
export function withinTokens(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return text;
  let low = 0;
  for (let high = text.length; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if (estimateTokens(text.slice(0, middle)) <= tokens) low = middle;
    else high = middle - 1;
  }
  const cut = text.slice(0, low);
  const end = Math.max(...['. ', '! ', '? ', '。', '！', '？', '\n'].map((mark) => cut.lastIndexOf(mark)));
  return (end > cut.length / 2 ? cut.slice(0, end + 1) : cut).trim();
}

const about =
  '(?:real|human|humans|person|bots?|chat ?bots?|robots?|a\\.?i|machine|program|computer|software|artificial|alive|llm|chatgpt|conscious|sentient)';
const whom = "(?:you|u|ya|ur|you['’]?re|this|(?:talking|chatting|speaking|writing) (?:to|with))";
const doing = '(?:like|love|play|know|use|have|want|need|see|watch|think|build|make|prefer|fix|buy)';
const asking: Record<Language, RegExp> = {
  en: new RegExp(`\\b${whom}(?:[\\s,]+(?!${doing}\\b)[^\\s,]+){0,4}?[\\s,]+${about}\\b`, 'iu'),
  ja: /(?:人間|AI|ＡＩ|人工知能|ロボット|ボット|機械|中の人|本物).*(?:か|なの|よね|[?？])/u,
};

/** Whether a fan asks what the twin is. It errs on the side of yes. */
export function asksWhetherHuman(text: string): boolean {
  return asking.en.test(text) || asking.ja.test(text);
}

const naming: Record<Language, RegExp> = {
  en: /\b(?:who (?:are|r) (?:you|u)|(?:what|wh?ats?|who)(?:['’]?s| is|) (?:your|ur) name|(?:should|can|do|shall) i call you|introduce yourself|about yourself)\b/iu,
  ja: /(?:名前|なまえ|誰|だれ|自己紹介)/u,
};

/** Whether a fan asks who the twin is. */
export function asksForName(text: string): boolean {
  return naming.en.test(text) || naming.ja.test(text);
}
