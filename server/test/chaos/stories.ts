const words = 'the sun sea wind tree bird hill road lamp rain song boat star moon leaf cup bell door hand note'.split(
  ' ',
);
const SENTENCE_WORDS = 7;

/** The answer to a message that asks for this story: always the same, and no two alike. */
export function storyOf(name: string, length: number): string {
  let state = 2_166_136_261;
  for (let n = 0; n < name.length; n += 1) state = Math.imul(state ^ name.charCodeAt(n), 16_777_619);
  const story = Array.from({ length }, (_, n) => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + n;
    const word = words[(state >>> 0) % words.length] ?? '';
    return (n + 1) % SENTENCE_WORDS === 0 || n === length - 1 ? `${word}.` : word;
  });
  return story.join(' ');
}

export const askFor = (name: string): string => `Please tell the story ${name}`;

/** Which story the last message of a prompt asks for. */
export function askedIn(messages: readonly { role: string; content: string }[]): string {
  const last = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return /the story (\w+)(?!.*the story)/s.exec(last)?.[1] ?? '';
}
