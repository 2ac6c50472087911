/** One line without what cannot be seen, of at most `maxChars` characters. What the file says, made fit to be shown. */
export function plainText(text: string, maxChars: number): string {
  // A name of a megabyte is not worth looking through.
  const line = text
    .slice(0, maxChars * 8)
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
  const chars = Array.from(line);
  return chars.length <= maxChars
    ? line
    : `${chars
        .slice(0, maxChars - 1)
        .join('')
        .trimEnd()}…`;
}

/** For a message: short, in quotes. */
export const quoted = (text: string): string => `"${plainText(text, 60)}"`;
