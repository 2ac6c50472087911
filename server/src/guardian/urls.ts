import { domainToUnicode } from 'node:url';
import { lookalikes } from './confusables.ts';
import { undisguise, type Plain } from './defang.ts';
import { brands, platforms, strongEndings, weakEndings } from './rules/hosts.ts';

/** A link or a piece of personal data in a text, and what is to be done about it. Offsets are those of the original text. */
export type Finding = {
  start: number;
  end: number;
  action: 'allow' | 'mask' | 'block';
  label: 'url' | 'pii';
  rule: string;
  mask: Mask;
};
export type Mask = 'link' | 'email' | 'phone' | 'card';

const schemed = /(?:https?|ftps?|wss?|file|steam|intent|tg):\/{1,4}[^\s<>"`{}|^]*/gu;
const scripted =
  /(?<![\p{L}\p{N}])(?:javascript|vbscript|jscript):[^\s]+|(?<![\p{L}\p{N}])data:[a-z]+\/[\w.+-]+[;,]\S*/gu;
const bare =
  /(?<![\p{L}\p{N}_@.-])(?:[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}_])?\.){1,8}(?:xn--[a-z0-9-]+|[\p{L}\p{N}]{2,24})(?![\p{L}\p{N}_-])(?::\d{2,5})?(?:[/?#][^\s<>"`{}|^]*)?/gu;
const email =
  /[a-z0-9_](?:[a-z0-9._%+-]{0,62}[a-z0-9_])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![a-z0-9-])/gu;
const trailing = /[.,!?;:'")\]}>*_~…]+$/u;

/** Links and mail addresses, also disguised ones, in the order of the text. None overlaps another. */
export function findLinks(plain: Plain): Finding[] {
  const real = undisguise(plain);
  const found: Finding[] = [];
  const add = (start: number, length: number, finding: Pick<Finding, 'action' | 'label' | 'rule' | 'mask'>) => {
    const end = start + length;
    if (length === 0 || found.some((other) => start < other.end && end > other.start)) return;
    found.push({ start, end, ...finding });
  };
  for (const { 0: link, index } of real.text.matchAll(scripted))
    add(index, link.length, { ...toLink('block', 'script') });
  for (const { 0: link, index } of real.text.matchAll(schemed)) {
    const whole = link.replace(trailing, '');
    add(index, whole.length, judgeLink(whole));
  }
  for (const { 0: address, index } of real.text.matchAll(email))
    add(index, address.length, { action: 'mask', label: 'pii', rule: 'pii/email', mask: 'email' });
  for (const { 0: link, index } of real.text.matchAll(bare)) {
    const whole = trimBare(link.replace(trailing, ''));
    if (isAddress(whole)) add(index, whole.length, toLink('mask', 'address'));
    else if (whole) add(index, whole.length, judgeLink(`http://${whole}`));
  }
  return found
    .sort((a, b) => a.start - b.start)
    .map((finding) => ({ ...finding, start: real.starts[finding.start] ?? 0, end: real.ends[finding.end - 1] ?? 0 }));
}

const beyondLink =
  /[\s<>"`{}|^]|[^\p{ASCII}\p{L}\p{N}\p{M}\p{Cf}]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const TRAILING_MAX_CHARS = 80;

/** Whether a link that ends before `rest` may still be going on. */
export const linkMayGoOn = (rest: string): boolean => rest.replace(trailing, '') === '';

/** Whether the host can grow no further. */
export const namesWholeHost = (link: string): boolean => /^(?:[a-z]+:\/+)?[^/?#]+[/?#]/iu.test(link);

/** What follows a long link in a text that still comes. */
export function dropLink(text: string, final: boolean): { rest: string; ended: boolean } {
  const lone = !final && /[\ud800-\udbff]$/u.test(text) ? 1 : 0;
  const whole = text.slice(0, text.length - lone);
  const beyond = whole.search(beyondLink);
  const link = beyond < 0 ? whole : whole.slice(0, beyond);
  const [signs = ''] = trailing.exec(link) ?? [];
  return { rest: signs.slice(-TRAILING_MAX_CHARS) + text.slice(link.length), ended: beyond >= 0 || final };
}

const toLink = (action: Finding['action'], rule: string) => ({
  action,
  label: 'url' as const,
  rule: `url/${rule}`,
  mask: 'link' as const,
});

/** The part of `name.ending/path` that is a link; empty where it is only words with a dot between. */
function trimBare(text: string): string {
  const host = /^[^/?#:]*/u.exec(text)?.[0] ?? '';
  const labels = host.split('.');
  const address = /^(?:\d{1,3}\.){3}\d{1,3}$/u.test(host);
  if (address)
    return labels.every((label) => Number(label) <= 255) && (host.length < text.length || host.length >= 11)
      ? text
      : '';
  for (let last = labels.length - 1; last > 0; last--) {
    const ending = labels[last] ?? '';
    const name = labels.slice(0, last + 1).join('.');
    const rest = last === labels.length - 1 ? text.slice(host.length) : '';
    const named = /[\p{L}]/u.test(labels[last - 1] ?? '');
    const strong = strongEndings.has(ending) && !weakEndings.has(ending);
    const weak =
      weakEndings.has(ending) &&
      (/^[/:]./u.test(rest) || labels[0] === 'www' || (named && /[\d-]/u.test(labels[last - 1] ?? '')));
    const known = isPlatform(name) || ending.startsWith('xn--');
    if (known || weak || (strong && (named || (labels[last - 1]?.length ?? 0) > 1))) return name + rest;
  }
  return '';
}

/** Known platforms may stand, clear traps are blocked, everything else is shown without its link. */
export function judgeLink(link: string): Pick<Finding, 'action' | 'label' | 'rule' | 'mask'> {
  const [, scheme = '', authority = '', rest = ''] = /^([a-z]+):\/{1,4}([^/?#\\]*)(.*)$/u.exec(link) ?? [];
  if (scheme === 'file' || scheme === 'intent' || scheme === 'steam' || scheme === 'tg')
    return toLink('block', 'scheme');
  if (authority.includes('@')) return toLink('block', 'credentials');
  const host = authority.replace(/:\d*$/u, '').replace(/\.$/u, '');
  if (isAddress(host)) return toLink('block', 'ip-host');
  if (imitates(host)) return toLink('block', 'lookalike');
  const plainPort = !/:\d+$/u.test(authority) || /:(?:80|443)$/u.test(authority);
  const forwards =
    /^\/(?:redirect|away|l\.php|url|login\/oauth|oauth2)\b/u.test(rest) ||
    /[?&](?:url|u|redirect_uri|next)=https?/u.test(rest);
  if (isPlatform(host) && plainPort && !forwards && /^(?:https?)$/u.test(scheme)) return toLink('allow', 'platform');
  return toLink('mask', 'unknown-host');
}

function isPlatform(host: string): boolean {
  const labels = host.split('.');
  return labels.some((_, i) => i < labels.length - 1 && platforms.has(labels.slice(i).join('.')));
}

/** Also the forms that browsers accept: `0x7f.1`, `3232235777`, `[::1]`. */
const isAddress = (host: string) => /^(?:\[.*\]?|(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+)){0,3})$/u.test(host);

const latinOf = new Map(
  Object.entries(lookalikes).flatMap(([latin, alike]) => Array.from(alike, (char) => [char, latin] as const)),
);
const swaps: [RegExp, string][] = [
  [/rn/gu, 'm'],
  [/vv/gu, 'w'],
  [/cl/gu, 'd'],
  [/0/gu, 'o'],
  [/[1|!]/gu, 'l'],
  [/3/gu, 'e'],
  [/4/gu, 'a'],
  [/5/gu, 's'],
  [/7/gu, 't'],
];

/** A host that looks like a brand's and is not. */
function imitates(host: string): boolean {
  if (isPlatform(host)) return false;
  const shown = host.includes('xn--') ? domainToUnicode(host) : host;
  return shown.split('.').some((label) => {
    const latin = Array.from(label.normalize('NFKD').replace(/\p{M}/gu, ''), (char) => latinOf.get(char) ?? char).join(
      '',
    );
    if (latin !== label && brands.has(latin)) return true;
    const looks = [
      latin,
      ...swaps.map(([from, to]) => latin.replace(from, to)),
      swaps.reduce((text, [from, to]) => text.replace(from, to), latin),
    ];
    return looks.some((look) => look !== label && (brands.has(look) || brands.has(look.replace(/l/gu, 'i'))));
  });
}
