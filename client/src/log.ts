/** What a developer should see in the browser's console. Never a message's text. */
export function warn(what: string, detail?: unknown): void {
  // oxlint-disable-next-line no-console
  console.warn(`[fantwin] ${what}`, detail ?? '');
}
