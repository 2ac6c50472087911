/** One tour at a time on this device. Where the browser keeps nothing, it lasts as long as the page. */
const KEY = 'fantwin.twin-draft';

export function storeDraft(packed: string): void {
  try {
    localStorage.setItem(KEY, packed);
  } catch {
    // storage is off or full
  }
}

export function storedDraft(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // storage is off
  }
}
