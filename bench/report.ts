import type { Machine } from './machine.ts';
import type { Line } from './row.ts';

const outcome = ({ met }: Line): string => (met === undefined ? 'no goal' : met ? 'met' : 'MISSED');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The table in Markdown, which people can read as it is. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const { what, goal, ours, peer = '-', ratio = '-' } = line;
    return `| ${[what, goal, ours, peer, ratio, outcome(line)].map(cell).join(' | ')} |`;
  });
  return ['| what | goal | ours | bare peer | ratio | |', '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** What has to be known beside the table, line by line. */
export function notes(lines: readonly Line[]): string {
  return lines
    .filter(({ notes: its }) => its.length > 0)
    .map(({ what, notes: its }) => `- **${what}**: ${its.join(' ')}`)
    .join('\n');
}

export const missedOf = (lines: readonly Line[]): Line[] => lines.filter(({ met }) => met === false);

export function document(lines: readonly Line[], machine: Machine, command: string): string {
  const missed = missedOf(lines);
  const noisy = machine.quiet
    ? ''
    : '\n**The machine was busy with other work when this run began: times, peaks and p99 are worse than they are on a quiet one.**\n';
  return `# Benchmarks

Measured by \`${command}\` on ${machine.text}. Servers, Postgres, Redis,
HAProxy and the people who load them share this one machine over loopback. Trust ratios and CPU per piece of work; on two
cores peaks and p99 also say how much the load itself takes.
${noisy}
${table(lines)}

${missed.length === 0 ? 'Every goal is met.' : `Missed: ${missed.map(({ what }) => what).join('; ')}.`}

## Beside the figures

${notes(lines)}

## How it is measured

- **CPU** is user and system time of all threads of a process, from the kernel. Servers count with all their workers; Redis, Postgres
  and the load, which are processes of their own, are named beside where they matter.
- **The bare peer** is Socket.IO of the same version with the same transports, pings and limits, and nothing else: no sign-in,
  no log, no guardian; each token is one event as it comes. Two of them share the sharded Redis adapter that our servers use.
  Peer and server take turns in one run (A B A B); figures are medians, with the range in brackets.
- **Our server** is what \`npm start\` starts, with outside Postgres and Redis, but for the language model: a double in the server's
  process says one token after the other at the pace of the row. Tokens have six characters. Everything behind it is real: prompt from Postgres,
  frames, guardian, log in Redis, feed, sentences with mood and mouth movements (no sound), Bull's queue and locks, notes in Postgres.
  A reply is made as long as the row needs, where the product stops at 200 tokens. In the row about a killed server it is
  the built server itself behind HAProxy, and the model is a double of OpenAI's API in another process.
- **Every viewer checks every event**: its number must follow the one before, and its text must be what the model said at that place. Any fault
  is named above. Delivered tokens are those that reached viewers, counted by their text. Sentences and other events that belong
  to a reply are delivered too and cost the server, but are not counted.
- **People come and go** while replies stream: 20 % of the viewers of each streaming row leave every minute, and as many connect, sign in and
  join. What that costs is the server's.
- **The load** is raw WebSockets with Socket.IO's framing in other processes. Who is in one room gets the same bytes: they
  are parsed once and compared for all others.
- Sessions, people and empty conversations are written into the stores before a row begins, as sign-ins leave them. Postgres runs
  without fsync.
`;
}
