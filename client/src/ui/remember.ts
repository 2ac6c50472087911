/** Small choices kept on this device. Where the browser keeps nothing, they last as long as the page. */
const key = (name: string) => `fantwin.${name}`;

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(key(name), value);
  } catch {
    // storage is off or full: the choice holds until the page is left
  }
}

export function recall<T extends string>(name: string, known: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(key(name));
    return known.find((one) => one === value);
  } catch {
    return undefined;
  }
}
