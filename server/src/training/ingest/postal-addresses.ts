const number = String.raw`[0-9〇一二三四五六七八九十]{1,5}`;
const houses = String.raw`(?:${number}(?:丁目|番地?|号)|\d{1,4}-\d{1,4})`;
const suffix =
  'street|st\\.?|avenue|ave\\.?|road|rd\\.?|boulevard|blvd\\.?|lane|ln\\.?|drive|dr\\.?|court|terrace|crescent|parkway|pkwy';

/** Rules that seldom err; a street without a number is a place like any other. Texts have ASCII digits and hyphens. */
export const postalAddresses: readonly RegExp[] = [
  /〒\s?\d{3}-?\d{4}(?:\s?[^\s。、!?！？]{3,40})?/gu,
  /(?:郵便番号|postcode|postal code|zip code|zip)(?:は|が|is|[\s:：])\s*[A-Z0-9][A-Z0-9 -]{3,8}\d[A-Z]{0,2}/giu,
  new RegExp(
    `(?:東京都|北海道|(?:京都|大阪)府|[\\p{Script=Han}]{2,3}県)[^\\s。、]{1,12}?[市区町村郡][^\\s。、]{0,20}?${houses}[^\\s。、!?,.)）」]{0,20}`,
    'gu',
  ),
  new RegExp(
    `[\\p{Script=Han}ヶケ]{1,6}[市区町村][\\p{Script=Han}\\p{Script=Katakana}ヶのー]{1,10}${houses}[\\d-]*`,
    'gu',
  ),
  new RegExp(`[\\p{Script=Han}]{1,6}${number}丁目${number}(?:番|-)[\\d番号-]*`, 'gu'),
  new RegExp(
    `(?<![\\w.,])\\d{1,5}[a-z]? (?:[nsew]\\.? |north |south |east |west )?(?!(?:the|a|an|this|that|my|our|your|yards?|miles?|feet|hours?|minutes?|days?|more|people|of|on|in|per)\\b)(?:[\\p{L}'’-]{2,20} )(?:[\\p{L}'’-]{2,20} )?(?:${suffix})(?![\\p{L}])`,
    'giu',
  ),
  /(?<![\w.,])P\.? ?O\.? Box \d{1,6}/giu,
  /(?<=, |\b[A-Z][a-z]+ )(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY) \d{5}(?:-\d{4})?(?!\d)/gu,
  /(?<![A-Za-z0-9])(?:GIR 0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]) \d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])/gu,
  /\p{Lu}[\p{L}-]{2,30}(?:straße|strasse|str\.|gasse|weg|platz|allee) \d{1,4}[a-z]?(?![\p{L}\d])/gu,
  /(?<![\w.,])\d{1,4}(?: ?bis)?,? (?:rue|avenue|boulevard|place|chemin) (?:de |du |des |de la |d'|l')?\p{L}{3,30}/giu,
];
