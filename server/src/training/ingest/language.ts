import type { StyleLanguage } from '@fantwin/shared/training';
import { english, foreign } from './function-words.ts';

const kana = /[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]/gu;
const han = /[\u3400-\u4dbf\u4e00-\u9fff\u3005\uf900-\ufaff]/gu;
const latin = /\p{Script=Latin}/gu;
const letters = /\p{L}/gu;
/** Characters that Chinese uses all the time and Japanese does not. */
const chinese = /[们这吗你说没还样么给让对吧呢啊哪谁开关门问间东车马鸟鱼长见贝麼們這嗎妳沒還讓說個]/u;
/** So long a sentence has a function word in it. */
const LONG_WORDS = 8;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** English, Japanese or something else, by its script and its small words. */
export function languageOf(text: string): StyleLanguage {
  if (/^[\0-\u024f\u2000-\u206f]*$/u.test(text)) return latinLanguage(text);
  const [kanas, hans, latins, all] = [kana, han, latin, letters].map((script) => count(text, script)) as [
    number,
    number,
    number,
    number,
  ];
  // A character says about as much as three Latin letters.
  if ((kanas + hans) * 3 >= latins && kanas + hans > 0) {
    if (kanas === 0 && chinese.test(text)) return 'other';
    return kanas * 6 >= hans || kanas + hans <= 6 ? 'ja' : 'other';
  }
  return latins >= all * 0.7 ? latinLanguage(text) : 'other';
}

function latinLanguage(text: string): StyleLanguage {
  const words =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}']+/gu) ?? [];
  let [known, strange] = [0, 0];
  for (const word of words) {
    if (english.has(word)) known += 1;
    if (foreign.has(word)) strange += 1;
  }
  if (strange > known) return 'other';
  if (known > 0) return 'en';
  return words.length >= LONG_WORDS || /[¿¡àâçèéêëîïñòóôùûüäößøåæãõąćęłńśźżğışı]/iu.test(text) ? 'other' : 'en';
}
