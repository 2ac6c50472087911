import type { Author } from './piece.ts';

/** Whether an author is one of those that were named, by name, nickname or id. */
export function chooseAuthors(names: readonly string[]): (author: Author) => boolean {
  const chosen = new Set(names.map(plain));
  return ({ name, also = [] }) => chosen.has(plain(name)) || also.some((other) => chosen.has(plain(other)));
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().replace(/^@/u, '').replace(/\s+/gu, ' ').toLowerCase();
}
