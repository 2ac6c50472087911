/** Every token has this many characters, so that text tells how many tokens it was. */
export const TOKEN_CHARS = 6;
const SENTENCE_TOKENS = 12;

const words =
  'about apple beach bread bring chair clear cloud dance dream early earth field fresh fruit glass grass green happy heart house light lunch money month music never night ocean often other party peace piano place plant river round sleep small smile sound south space spoon stone story sugar sweet table thank three today tower train under voice water wheel where white world write young'.split(
    ' ',
  );
const lastWords =
  'bird blue boat door east fire gold hill lake lamp moon rain road rose song star tree warm west wind'.split(' ');

/**
 * What a twin says in a conversation: words without end, always the same ones, other ones in each conversation. A token is a word with
 * the space before it, as models write them.
 */
export class Story {
  readonly #seed: number;

  constructor(conversationId: string) {
    let seed = 2_166_136_261;
    for (let n = 0; n < conversationId.length; n += 1)
      seed = Math.imul(seed ^ conversationId.charCodeAt(n), 16_777_619);
    this.#seed = seed >>> 0;
  }

  token(n: number): string {
    if (n === 0) return 'Hello,';
    const mixed = Math.imul(this.#seed ^ Math.imul(n, 2_654_435_761), 2_246_822_519);
    const some = (mixed ^ (mixed >>> 15)) >>> 0;
    return n % SENTENCE_TOKENS === 0 ? ` ${pick(lastWords, some)}.` : ` ${pick(words, some)}`;
  }

  slice(from: number, to: number): string {
    let text = '';
    const first = Math.floor(from / TOKEN_CHARS);
    for (let n = first; n * TOKEN_CHARS < to; n += 1) text += this.token(n);
    return text.slice(from - first * TOKEN_CHARS, to - first * TOKEN_CHARS);
  }

  /** Whether the story has this text at this place. */
  has(text: string, at: number): boolean {
    return this.slice(at, at + text.length) === text;
  }
}

const pick = (from: readonly string[], some: number): string => from[some % from.length] ?? '';

export const tokensIn = (chars: number): number => chars / TOKEN_CHARS;
