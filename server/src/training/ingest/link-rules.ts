const path = '[^\\s<>"`{}|^、。「」『』（）\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]';
/** Endings that no sentence without a space after its full stop has by chance. */
const sure =
  'com|net|org|info|biz|io|dev|app|co|tv|gg|ly|gl|jp|uk|de|fr|eu|ca|au|br|cn|kr|tw|ru|xyz|online|site|store|shop|club|page|blog|cloud|ai|fm|cc|ws|moe|wiki|stream|games|social|edu|gov|asia|tokyo|onion';
const name = '(?:[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?\\.){1,6}';

/** Links, with or without `https`. */
export const links: readonly RegExp[] = [
  new RegExp(`(?<![\\p{L}\\p{N}])[a-z][a-z0-9+.-]{1,15}:\\/\\/${path}+`, 'giu'),
  new RegExp(`(?<![\\p{L}\\p{N}])www\\d?\\.${path}+`, 'giu'),
  new RegExp(
    `(?<![\\p{L}\\p{N}_@.-])${name.replaceAll('\\p{L}\\p{N}', 'a-z0-9')}(?:${sure})(?![a-z0-9_@-])(?::\\d{2,5})?(?:[/?#]${path}*)?`,
    'giu',
  ),
  new RegExp(`(?<![\\p{L}\\p{N}_@.-])${name.replaceAll('\\p{L}\\p{N}', 'a-z0-9')}[a-z]{2,12}\\/${path}+`, 'giu'),
];

/** What stands after a link, not in it. */
export const afterLink = /[.,!?;:'")\]}>*_~…]+$/u;

const local = '[a-z0-9_](?:[a-z0-9._%+-]{0,62}[a-z0-9_])?';
const dotted = '(?:\\.|\\s?\\(dot\\)\\s?|\\s?\\[dot\\]\\s?|\\sdot\\s|\\s?ドット\\s?)';
const host = `[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:${dotted}[a-z0-9-]{1,40}){0,3}${dotted}[a-z]{2,24}`;

/** Mail addresses, also written or spoken so that programs do not find them. */
export const emails: readonly RegExp[] = [
  new RegExp(`${local}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,24}(?![a-z0-9-])`, 'giu'),
  new RegExp(`${local}\\s?(?:\\((?:at|@)\\)|\\[(?:at|@)\\]|\\s@\\s|アットマーク|アット)\\s?${host}`, 'giu'),
  new RegExp(`${local} at [a-z0-9-]{2,40}(?: dot [a-z0-9-]{2,24}){1,3}(?![a-z0-9-])`, 'giu'),
  new RegExp(
    `${local} at (?:gmail|googlemail|yahoo|outlook|hotmail|icloud|proton(?:mail)?|live|docomo|softbank|ezweb)\\.[a-z.]{2,10}`,
    'giu',
  ),
];

/** How people are named on platforms. */
export const handles: readonly RegExp[] = [
  /(?<![\p{L}\p{N}_@./])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_])?/gu,
  /(?<![\p{L}\p{N}_@./])@[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][\p{L}\p{N}_ー]{0,20}/gu,
  /(?<![\p{L}\p{N}_.#])[\p{L}\p{N}_.]{2,32}#\d{4}(?!\d)/gu,
  /(?<![\p{L}\p{N}_/])\/?[ur]\/[A-Za-z0-9_-]{3,21}(?![A-Za-z0-9_/-])/gu,
  /(?<![\p{L}])(?:line|discord|insta(?:gram)?|snap(?:chat)?|telegram|twitter|skype|kakao(?:talk)?|tiktok)(?:\s?id\s?(?:is|は|[:=：])?\s?@?[A-Za-z0-9_.-]{3,32}|\s?[:=：]\s?@?(?=[A-Za-z-]{0,31}[\d_.][A-Za-z0-9_-])[A-Za-z0-9_.-]{3,32})/giu,
];

/** What opens a door: coupons, passwords, keys. */
export const codes: readonly RegExp[] = [
  /(?<![\p{L}])(?:code|クーポン|コード|coupon)(?:\s?(?:is|は|[:：=「"']))?\s?(?=[A-Z0-9-]*[A-Z0-9]{3})[A-Z0-9][A-Z0-9-]{3,24}(?![\p{Ll}])/gu,
  /(?<![\p{L}])(?:password|passcode|pin code|パスワード|暗証番号|合言葉)\s?(?:is|は|[:：=])\s?[^\s。、]{3,40}/giu,
  /(?<![A-Za-z0-9_-])(?=[A-Za-z_-]{0,40}\d)(?=[\d_-]{0,40}[A-Za-z])(?=[A-Za-z0-9_-]*\d[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{20,200}(?![A-Za-z0-9_-])/gu,
];

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** Addresses of machines. */
export const machines: readonly RegExp[] = [
  new RegExp(`(?<![\\d.])(?:${octet}\\.){3}${octet}(?!\\.?\\d)`, 'gu'),
  /(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/giu,
  /(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6}::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])/giu,
  /(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])/giu,
];

export const ibans = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/giu;
