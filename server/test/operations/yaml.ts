/**
 * Reads the YAML that our own files are written in: block maps and lists, one-line scalars, flow lists and maps, literal
 * and folded text, several documents. Whatever else there is in YAML is refused, not guessed.
 */
export function readYaml(text: string): unknown[] {
  const documents = text.split(/^---[ \t]*$/m).map((part) => new Reader(part).document());
  return documents.filter((document) => document !== undefined);
}

const KEY = /^("(?:[^"\\]|\\.)*"|[\w$./][\w$./-]*(?: [\w$./-]+)*) *:(?: +(.*))?$/;
const TEXT = /^[|>]-?$/;

type Line = { indent: number; text: string };

class Reader {
  readonly #lines: string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  document(): unknown {
    if (!this.#peek()) return undefined;
    const value = this.#node();
    if (this.#peek()) this.#refuse('what is this');
    return value;
  }

  /** The next line that says something. */
  #peek(): Line | undefined {
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      const text = line.trimStart();
      if (text === '' || text.startsWith('#')) continue;
      if (line.includes('\t')) this.#refuse('a tab');
      return { indent: line.length - text.length, text: text.trimEnd() };
    }
    return undefined;
  }

  #node(): unknown {
    const line = this.#peek();
    if (!line) return null;
    if (isItem(line)) return this.#list(line.indent);
    if (KEY.test(line.text)) return this.#map(line.indent);
    this.#at += 1;
    return this.#scalar(line.text);
  }

  #map(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let line = this.#peek(); line && line.indent === indent && !isItem(line); line = this.#peek()) {
      const [, quoted = '', rest = ''] = KEY.exec(line.text) ?? this.#refuse('no key');
      const key = quoted.startsWith('"') ? (JSON.parse(quoted) as string) : quoted;
      if (Object.hasOwn(map, key)) this.#refuse('a key that was there');
      this.#at += 1;
      map[key] = this.#value(rest, indent);
    }
    const next = this.#peek();
    if (next && next.indent > indent) this.#refuse('too far to the right');
    return map;
  }

  #value(rest: string, indent: number): unknown {
    if (TEXT.test(rest)) return this.#text(rest, indent);
    if (rest !== '' && !rest.startsWith('#')) return this.#scalar(rest);
    const next = this.#peek();
    return next && (next.indent > indent || (next.indent === indent && isItem(next))) ? this.#node() : null;
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = [];
    for (let line = this.#peek(); line && line.indent === indent && isItem(line); line = this.#peek()) {
      const rest = line.text.slice(1).trimStart();
      if (KEY.test(rest)) {
        const inner = indent + line.text.length - rest.length;
        this.#lines[this.#at] = `${' '.repeat(inner)}${rest}`;
        list.push(this.#map(inner));
        continue;
      }
      this.#at += 1;
      list.push(this.#value(rest, indent));
    }
    return list;
  }

  #text(style: string, indent: number): string {
    const lines: string[] = [];
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      if (line.trim() !== '' && line.length - line.trimStart().length <= indent) break;
      lines.push(line);
    }
    const margin = Math.min(
      ...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length),
    );
    const cut = lines.map((line) => line.slice(margin));
    while (cut.at(-1)?.trim() === '') cut.pop();
    if (style.startsWith('>') && cut.some((line) => line === '' || line.startsWith(' '))) this.#refuse('folded text');
    return cut.join(style.startsWith('>') ? ' ' : '\n') + (style.endsWith('-') ? '' : '\n');
  }

  #scalar(text: string): unknown {
    const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:#.*)?$/.exec(text)?.[1];
    if (quoted) return quoted.startsWith('"') ? JSON.parse(quoted) : quoted.slice(1, -1).replaceAll("''", "'");
    const plain = text.replace(/ +#.*$/, '');
    if (/^[[{]/.test(plain)) return this.#flow(plain);
    if (/^[&*!|>%@`"',\]}]|^[-?:] |: /.test(plain)) this.#refuse('not a plain scalar');
    if (/^(on|off|yes|no|y|n)$/i.test(plain)) this.#refuse('some read this as a truth value: quote it');
    if (/^0\d+$/.test(plain)) this.#refuse('some read this as octal: quote it');
    if (/^(null|~)$/.test(plain)) return null;
    if (/^(true|false)$/.test(plain)) return plain === 'true';
    return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain;
  }

  /** Flow style is JSON, but for words without quotes. */
  #flow(text: string): unknown {
    const json = text.replace(/"(?:[^"\\]|\\.)*"|[^\s,:[\]{}"]+(?: [^\s,:[\]{}"]+)*/g, (word) =>
      word.startsWith('"') ? word : JSON.stringify(this.#scalar(word)),
    );
    try {
      return JSON.parse(json);
    } catch {
      return this.#refuse('flow style');
    }
  }

  #refuse(why: string): never {
    throw new Error(`line ${this.#at + 1}, ${why}: ${this.#lines[this.#at]}`);
  }
}

const isItem = ({ text }: Line): boolean => text === '-' || text.startsWith('- ');
