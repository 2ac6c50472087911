import { STYLE_SOURCE_MAX_BYTES, type TextEncoding } from '@fantwin/shared/training';
import { AppError } from '../../core/errors.ts';
import { refusalOf } from './file-signatures.ts';

/** Bytes that are looked at together. */
const SLICE_BYTES = 64 * 1024;
/** What must be there before the file's beginning, or its first letters beyond ASCII, are judged. */
const HEAD_BYTES = 4 * 1024;
/** UTF-8 in which a smaller part of the letters is broken is damaged UTF-8, not another encoding. */
const BROKEN_SHARE_MAX = 0.2;

const marks: [string, TextEncoding][] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** Bytes to text. Where bytes make no letter the text has U+FFFD. */
export class TextReader {
  bytes = 0;
  #encoding: TextEncoding = 'utf-8';
  /** Not yet judged. */
  #held: Buffer = Buffer.alloc(0);
  #state: 'head' | 'ascii' | 'known' = 'head';
  #decoder = new TextDecoder();

  get encoding(): TextEncoding {
    return this.#encoding;
  }

  /** Throws `too-large`, and `bad-request` for what is no text. */
  async *read(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      if (this.bytes > STYLE_SOURCE_MAX_BYTES)
        throw new AppError('too-large', 'The file is larger than 50 MB. Split it and upload the parts.');
      for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
        const text = this.#push(chunk.subarray(from, from + SLICE_BYTES), false);
        if (text) yield text;
      }
    }
    const rest = this.#push(new Uint8Array(), true) + this.#decoder.decode();
    if (rest) yield rest;
  }

  #push(slice: Uint8Array, last: boolean): string {
    if (this.#state === 'known') return this.#decoder.decode(slice, { stream: true });
    const bytes = this.#held.length ? Buffer.concat([this.#held, slice]) : Buffer.from(slice);
    this.#held = Buffer.alloc(0);
    if (this.#state === 'head') {
      if (bytes.length < HEAD_BYTES && !last) return this.#hold(bytes);
      if (this.#judgeHead(bytes) === 'known') return this.#decoder.decode(bytes, { stream: true });
    }
    return this.#pushAscii(bytes, last);
  }

  #hold(bytes: Buffer): string {
    this.#held = bytes;
    return '';
  }

  #judgeHead(bytes: Buffer): 'ascii' | 'known' {
    const hex = bytes.toString('hex', 0, 3);
    const mark = marks.find(([signature]) => hex.startsWith(signature));
    if (mark) {
      this.#decide(mark[1]);
      return 'known';
    }
    const refusal = refusalOf(bytes.subarray(0, HEAD_BYTES));
    if (refusal) throw new AppError('bad-request', refusal);
    this.#state = 'ascii';
    return 'ascii';
  }

  /** All encodings without a mark agree on ASCII: what the rest is shows where ASCII ends. */
  #pushAscii(bytes: Buffer, last: boolean): string {
    const end = bytes.findIndex((byte) => byte >= 0x80);
    if (end < 0) return this.#decoder.decode(bytes, { stream: true });
    const [ascii, rest] = [bytes.subarray(0, end), bytes.subarray(end)];
    const text = this.#decoder.decode(ascii, { stream: true });
    if (rest.length < HEAD_BYTES && !last) return text + this.#hold(Buffer.from(rest));
    this.#decide(encodingOf(rest));
    return text + this.#decoder.decode(rest, { stream: true });
  }

  #decide(encoding: TextEncoding): void {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding);
    this.#state = 'known';
  }
}

function encodingOf(bytes: Buffer): TextEncoding {
  if (tryDecode('utf-8', bytes) !== undefined) return 'utf-8';
  if (isJapanese(tryDecode('shift_jis', bytes) ?? '')) return 'shift_jis';
  const letters = Array.from(new TextDecoder().decode(bytes)).filter((char) => char > '\u007f');
  const broken = letters.filter((char) => char === '\ufffd').length;
  if (broken <= letters.length * BROKEN_SHARE_MAX) return 'utf-8';
  throw new AppError(
    'bad-request',
    'The letters of this file cannot be read. Open it in a text editor, save it as UTF-8 and upload it again.',
  );
}

/** Undefined where some bytes make no letter; a letter cut off at the end is none of those. */
function tryDecode(encoding: TextEncoding, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** Other encodings read as Shift_JIS give rare signs and half-width katakana, hardly kana. */
function isJapanese(text: string): boolean {
  const wide = text.match(/[^\0-\u007f]/gu)?.length ?? 0;
  const plausible = text.match(/[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e…―─]/gu)?.length ?? 0;
  const kana = text.match(/[\u3040-\u30ff]/gu)?.length ?? 0;
  return kana > 0 && plausible >= wide * 0.8;
}
