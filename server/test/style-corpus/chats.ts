/** One conversation of two people, as each app exports it. Ann's lines are hers to use; all names are invented. */
export type Line = { from: 'Ann' | 'Ben'; text: string };

export const talk: readonly Line[] = [
  { from: 'Ben', text: 'Are you streaming tonight?' },
  { from: 'Ann', text: 'Of course I am, the cake is already in the oven.' },
  { from: 'Ben', text: 'Which cake do you mean?' },
  { from: 'Ann', text: 'The lemon one!\nIt fell apart twice, so third time lucky.' },
  { from: 'Ann', text: '明日は早起きしてパンを焼きます。' },
];

export const annSaid = [
  'Of course I am, the cake is already in the oven.',
  'The lemon one!',
  'It fell apart twice, so third time lucky.',
  '明日は早起きしてパンを焼きます。',
];

const id = { Ann: '1001', Ben: '2002' } as const;

export function discord(lines: readonly Line[] = talk): string {
  const messages = [
    { id: '1', type: 'GuildMemberJoin', content: '', author: { id: '3', name: 'cleo', nickname: 'Cleo' } },
    ...lines.map(({ from, text }, i) => ({
      id: String(i + 2),
      type: i % 2 ? 'Reply' : 'Default',
      timestamp: '2024-01-15T21:41:00+00:00',
      timestampEdited: null,
      content: `${text} <:cake:123456789012345678>`,
      author: { id: id[from], name: from.toLowerCase(), nickname: from, isBot: false },
    })),
    { id: '99', type: 'Default', content: 'Level up!', author: { id: '4', name: 'bot', isBot: true } },
  ];
  const guild = { id: '1', name: 'Kitchen' };
  return JSON.stringify(
    { guild, channel: { id: '2', name: 'chat' }, messages, messageCount: messages.length },
    null,
    2,
  );
}

export function slack(lines: readonly Line[] = talk): string {
  const messages = lines.map(({ from, text }, i) => ({
    type: 'message',
    user: `U${id[from]}`,
    text: `${text.replaceAll('&', '&amp;')} :cake:`,
    ts: `170535${i}000.000100`,
    user_profile: { real_name: `${from} Baker`, display_name: from, name: from.toLowerCase() },
  }));
  const joined = { type: 'message', subtype: 'channel_join', user: 'U3', text: '<@U3> has joined', ts: '1705350000.1' };
  return JSON.stringify([joined, ...messages], null, 2);
}

export function telegram(lines: readonly Line[] = talk): string {
  const messages = [
    { id: 1, type: 'service', actor: 'Ann', action: 'create_group', text: '' },
    ...lines.map(({ from, text }, i) => ({
      id: i + 2,
      type: 'message',
      date: '2024-01-15T21:41:00',
      date_unixtime: '1705350000',
      from,
      from_id: `user${id[from]}`,
      text: [text, { type: 'link', text: ' https://bread.example/now' }],
      text_entities: [{ type: 'plain', text }],
    })),
    {
      id: 98,
      type: 'message',
      from: 'Ann',
      from_id: 'user1001',
      forwarded_from: 'Dee',
      text: 'Somebody else wrote this.',
    },
  ];
  return JSON.stringify({ name: 'Ben', type: 'personal_chat', id: 7, messages }, null, 1);
}

export function twitter(texts: readonly string[]): string {
  const tweets = texts.map((full_text, i) => ({ tweet: { id: String(i), full_text, lang: 'en', retweeted: false } }));
  return `window.YTD.tweets.part0 = ${JSON.stringify(tweets, null, 2)}`;
}

/** The dates of WhatsApp's languages and phones. */
export const whatsAppStyles = {
  androidUs: (name: string) => `1/15/24, 9:41\u202fPM - ${name}`,
  androidUk: (name: string) => `15/01/2024, 21:41 - ${name}`,
  androidGerman: (name: string) => `15.01.24, 21:41 - ${name}`,
  androidJapanese: (name: string) => `2024/01/15 21:41 - ${name}`,
  iphone: (name: string) => `[15/01/2024, 21:41:05] ${name}`,
  iphoneUs: (name: string) => `\u200e[1/15/24, 9:41:05\u202fPM] ${name}`,
  iphoneJapanese: (name: string) => `[2024/01/15 午後9:41:05] ${name}`,
} as const;

export function whatsApp(style: keyof typeof whatsAppStyles, lines: readonly Line[] = talk): string {
  const begin = whatsAppStyles[style];
  const written = lines.map(({ from, text }) => `${begin(from)}: ${text}`);
  const system = begin('Messages and calls are end-to-end encrypted. Nobody outside of this chat can read them.');
  return [system, ...written, `${begin('Ann')}: <Media omitted>`, `${begin('Ann')}: \u200eimage omitted`].join('\n');
}

export function line(lines: readonly Line[] = talk): string {
  const written = lines.map(({ from, text }) => `21:41\t${from}\t${text.includes('\n') ? `"${text}"` : text}`);
  const head = '[LINE] Benとのトーク履歴\n保存日時：2024/01/16 10:00\n\n2024/01/15(月)';
  return [head, ...written, '21:42\tAnn\t[スタンプ]', '21:43\tBenが退出しました。'].join('\r\n');
}
