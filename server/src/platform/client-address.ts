/** Says whether the word of the proxy at `address` counts, `hops` steps away; Express makes one from `trust proxy`. */
type Trust = (address: string, hops: number) => boolean;

/** Whose connection it is, as Express would say it of a request: the nearest address that is no trusted proxy. */
export function clientAddress(remote: string, forwardedFor: string | string[] | undefined, trust: Trust): string {
  const told = String(forwardedFor ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .reverse();
  const path = [remote, ...told];
  const client = path.findIndex((address, hops) => hops === path.length - 1 || !trust(address, hops));
  return path[client] ?? remote;
}
