import { describe, expect, test } from 'vitest';
import { findEntities } from './entities.ts';

const found = (text: string) =>
  findEntities(text).map(({ start, end, action, rule }) => [text.slice(start, end), action, rule]);
const actions = (text: string) => findEntities(text).map(({ action }) => action);

describe('links', () => {
  test.each([
    'https://www.youtube.com/watch?v=abc',
    'youtu.be/abc',
    'twitch.tv/somebody',
    'https://shop.booth.pm/items/1',
    'https://www.pixiv.net/artworks/1',
    'x.com/somebody',
    'https://en.wikipedia.org/wiki/VTuber_(disambiguation)',
    'discord.gg/abc',
  ])('may stand: %s', (text) => {
    expect(actions(text)).toEqual(['allow']);
  });

  test.each([
    'https://example.org/a?b=c',
    'http://localhost.evil.com',
    'example.com',
    'example dot com',
    'example[.]com',
    'example (dot) com',
    'example . com',
    'hxxp://example.ru',
    'hxxps[:]//example.ru/a',
    'http :// example.ru',
    'youtube.com.evil.ru',
    'https://youtube.com@evil.ru'.replace('@', '.'),
    'https://www.youtube.com/redirect?q=https://evil.ru',
    'free-nitro.click',
    'www.evil.men',
    'bit.ly/abc',
    'ｅｘａｍｐｌｅ．ｃｏｍ',
    'exa\u200bmple.com',
    'https://youtube.com:8443/x',
  ])('is shown without its link: %s', (text) => {
    expect(actions(text)).toEqual(['mask']);
  });

  test.each([
    ['http://192.168.1.1/login', 'url/ip-host'],
    ['http://3232235777/', 'url/ip-host'],
    ['http://0x7f.1/', 'url/ip-host'],
    ['https://youtube.com@evil.ru/', 'url/credentials'],
    ['https://уoutube.com', 'url/lookalike'],
    ['https://xn--outube-vrf.com', 'url/lookalike'],
    ['paypa1.com', 'url/lookalike'],
    ['https://discorcl.com/gift', 'url/lookalike'],
    ['javascript:alert(1)', 'url/script'],
    ['data:text/html;base64,PHNjcmlwdD4=', 'url/script'],
    ['file:///etc/passwd', 'url/scheme'],
  ])('is blocked: %s (%s)', (text, rule) => {
    expect(found(text)).toEqual([[text.replace(/\/$/u, '/'), 'block', rule]]);
  });

  test.each([
    ...[
      'thanks.me too',
      'I like it. Come here.',
      'ok.so we go',
      'e.g. this',
      'version 1.2.3.4',
      'at 3.14 p.m.',
      'Node.js',
      'README.md',
      'wait...what',
    ],
    ...[
      'polka dot dress',
      'look at me.',
      'and/or',
      '10:30',
      'hello.world',
      'data: see below',
      'javascript is fun',
      'u.s.a.',
      '@somebody',
      'これはペンです。comな感じ',
    ],
  ])('is no link: %s', (text) => {
    expect(findEntities(text)).toEqual([]);
  });

  test('ends where the link ends', () => {
    expect(found('(see https://example.org/a).')).toEqual([['https://example.org/a', 'mask', 'url/unknown-host']]);
    expect(found('見てexample.comを見て')).toEqual([['example.com', 'mask', 'url/unknown-host']]);
    expect(found('Go to example.com.Then rest')).toEqual([['example.com', 'mask', 'url/unknown-host']]);
  });
});
