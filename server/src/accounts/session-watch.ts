import type { SessionLog } from './session.log.ts';
import type { SessionStore } from './session.store.ts';

/** Revocations are looked up this often, so that a lost message of Redis delays one by no more. */
const LOOK_EVERY_MS = 2_000;
/** Servers' clocks may differ, and a transaction commits later than the time it wrote. */
const OVERLAP_MS = 20_000;

type Dependencies = {
  store: Pick<SessionStore, 'revokedSince'>;
  log: Pick<SessionLog, 'shut'>;
  /** Hears of revocations that another server announces. */
  listen(listener: (sessionId: string) => void): Promise<() => Promise<void>>;
  /** Disconnects the session's sockets on this server. May come more than once for a session. */
  onRevoked(sessionId: string): void;
  onFailure(error: unknown): void;
  now(): number;
};

/** Hears of every revoked session: at once by Redis, and within seconds from Postgres when that message was lost. */
export class SessionWatch {
  readonly #deps: Dependencies;
  #since: number;
  #known = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopListening: (() => Promise<void>) | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#since = deps.now() - OVERLAP_MS;
  }

  async start(): Promise<void> {
    this.#stopListening = await this.#deps.listen((id) => {
      this.#known.add(id);
      this.#deps.onRevoked(id);
    });
    this.#lookLater();
  }

  #lookLater(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look()
        .catch((error: unknown) => this.#deps.onFailure(error))
        .finally(() => this.#timer && this.#lookLater());
    }, LOOK_EVERY_MS);
  }

  async #look(): Promise<void> {
    const startedAt = this.#deps.now();
    const revoked = await this.#deps.store.revokedSince(this.#since);
    const news = revoked.filter((id) => !this.#known.has(id));
    for (const id of news) this.#deps.onRevoked(id);
    await Promise.all(news.map((id) => this.#deps.log.shut(id))); // whoever revoked it may have died before it could
    this.#known = new Set(revoked);
    this.#since = startedAt - OVERLAP_MS;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#looking;
    await this.#stopListening?.();
  }
}
