import type { SignedIn } from '@fantwin/shared/accounts';
import type { Ack, WireError } from '@fantwin/shared/errors';
import type { ConversationEvent, EventOf, EventType } from '@fantwin/shared/events';
import type { Broadcast, Input, JoinAnswer, Output, RequestName } from '@fantwin/shared/live';
import { io, type Socket } from 'socket.io-client';

export class RequestError extends Error {
  constructor(readonly wire: WireError) {
    super(`${wire.code}: ${wire.message}`);
  }
}

/** What a fan was given, in the order in which it took it. `atMs`: by `performance.now()`. */
export type Taken =
  | { kind: 'join'; atMs: number; answer: Omit<JoinAnswer, 'you'> }
  | { kind: 'event'; atMs: number; epoch: string; event: ConversationEvent; caughtUp: boolean };

/** The server answers a reconnect, and a new epoch, with `resumed` by itself; after this long a client asks. */
const RESUME_MS = 3_000;
const ASK_AGAIN_MS = 300;

/** A fan with a real socket, who keeps a conversation's events in order and notes everything that should not happen. */
export class Fan {
  socket: Socket;
  readonly events: ConversationEvent[] = [];
  readonly notices: Broadcast<'notice'>[] = [];
  readonly faults: string[] = [];
  /** Bodies of all answers to a join or a resume. */
  readonly joins: Omit<JoinAnswer, 'you'>[] = [];
  readonly taken: Taken[] = [];
  presence = 0;
  epoch = '';
  seq = 0;
  conversationId = '';
  userId = '';
  displayName = '';
  #buffer: Broadcast<'events'>[] = [];
  #asking = false;
  #asked = 0;
  #pastEpochs = new Set<string>();
  #resumeTimer: NodeJS.Timeout | undefined;

  constructor(
    private url: string,
    readonly token: string,
    private readonly options: { transports?: string[]; headers?: Record<string, string> } = {},
  ) {
    this.socket = this.#connect();
  }

  #connect(): Socket {
    const { url, token, options } = this;
    const socket = io(`${url}/live`, {
      auth: (give) =>
        give({
          token,
          joined: this.epoch ? [{ conversationId: this.conversationId, epoch: this.epoch, after: this.seq }] : [],
        }),
      transports: options.transports ?? ['websocket'],
      extraHeaders: options.headers,
      forceNew: true,
      timeout: 5_000, // as our page has it
      reconnectionDelay: 50,
      reconnectionDelayMax: 300,
    });
    socket.on('events', (batch: Broadcast<'events'>) => this.#receive(batch));
    socket.on('resumed', (answer: Broadcast<'resumed'>) => this.#enter(answer));
    socket.on('connect', () => {
      this.#stopExpecting();
      if (this.epoch) this.#expectResumed({ after: this.seq, epoch: this.epoch });
    });
    socket.on('disconnect', () => {
      this.#asking = false;
      this.#asked += 1; // the answer is lost with the connection
    });
    socket.on('presence', ({ count }: Broadcast<'presence'>) => (this.presence = count));
    socket.on('notice', (notice: Broadcast<'notice'>) => this.notices.push(notice));
    return socket;
  }

  /** As a load balancer would do it: the same client, on another server. */
  moveTo(url: string): void {
    this.socket.disconnect();
    this.url = url;
    this.socket = this.#connect();
  }

  /** Stops reading from the network, as a phone in a tunnel. */
  pause(): void {
    this.#raw().pause();
  }

  resume(): void {
    this.#raw().resume();
  }

  #raw(): { pause: () => void; resume: () => void } {
    const { engine } = this.socket.io as unknown as {
      engine: { transport: { ws: { pause: () => void; resume: () => void } } };
    };
    return engine.transport.ws;
  }

  /** A guest with a name, who is connected. */
  static async enter(url: string, displayName: string, options?: ConstructorParameters<typeof Fan>[2]): Promise<Fan> {
    return Fan.#signedIn(url, await post(`${url}/api/auth/guest`, { displayName }), options);
  }

  static async login(url: string, email: string, password: string): Promise<Fan> {
    return Fan.#signedIn(url, await post(`${url}/api/auth/login`, { email, password }));
  }

  static async #signedIn(
    url: string,
    { accessToken, user }: SignedIn,
    options?: ConstructorParameters<typeof Fan>[2],
  ): Promise<Fan> {
    const fan = new Fan(url, accessToken, options);
    fan.userId = user.id;
    fan.displayName = user.displayName;
    await fan.connected();
    return fan;
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return post(`${this.url}${path}`, body, this.token);
  }

  async connected(): Promise<void> {
    if (this.socket.connected) return;
    await new Promise<void>((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', (error) => !this.socket.active && reject(error));
    });
  }

  async request<R extends RequestName>(name: R, input: Input<R> | Record<string, unknown>): Promise<Output<R>> {
    const answer = (await this.socket.timeout(10_000).emitWithAck(name, input)) as Ack<Output<R>>;
    if (!answer.ok) throw new RequestError(answer.error);
    return answer.data;
  }

  async join(conversationId: string, at: { after?: number; epoch?: string } = {}): Promise<JoinAnswer> {
    this.conversationId = conversationId;
    const answer = await this.request('conversation:join', { conversationId, ...at } as never);
    this.#enter(answer);
    return answer;
  }

  async say(text: string, clientKey = crypto.randomUUID()): Promise<Output<'message:send'>> {
    return this.request('message:send', { conversationId: this.conversationId, clientKey, text } as never);
  }

  of<T extends EventType>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** The first event that fits, now or later. */
  async until<T extends EventType>(
    type: T,
    fits: (event: EventOf<T>) => boolean = () => true,
    timeoutMs = 15_000,
  ): Promise<EventOf<T>> {
    return waitFor(() => this.of(type).find(fits), `${this.displayName} sees ${type}`, timeoutMs);
  }

  /** The text of a reply, put together from what was published of it. */
  textOf(replyId: string): string {
    let text = this.joins.findLast(({ reply }) => reply?.replyId === replyId)?.reply?.text ?? '';
    for (const event of this.events) {
      if (!('replyId' in event) || event.replyId !== replyId) continue;
      if (event.type === 'reply.started' && event.text !== undefined) text = event.text;
      if (event.type === 'reply.restarted') text = '';
      if (event.type === 'reply.delta') text = text.slice(0, event.index) + event.text;
      if (event.type === 'reply.ended') text = event.text;
    }
    return text;
  }

  close(): void {
    this.#stopExpecting();
    this.socket.disconnect();
  }

  /** Where no `resumed` comes, or cannot come, the client joins again. */
  #expectResumed(at: { after?: number; epoch?: string }): void {
    this.#resumeTimer ??= setTimeout(() => {
      this.#stopExpecting();
      if (!this.socket.connected) return;
      this.join(this.conversationId, at).catch(() => this.socket.connected && this.#expectResumed({}));
    }, RESUME_MS);
  }

  #stopExpecting(): void {
    clearTimeout(this.#resumeTimer);
    this.#resumeTimer = undefined;
  }

  #enter(answer: Omit<JoinAnswer, 'you'>): void {
    this.#stopExpecting();
    this.joins.push(answer);
    this.taken.push({ kind: 'join', atMs: performance.now(), answer });
    if (answer.reset) {
      if (this.epoch !== answer.epoch) this.#pastEpochs.add(this.epoch);
      this.epoch = answer.epoch;
      this.seq = answer.seq;
    } else if (answer.epoch !== this.epoch) this.faults.push('a catch-up from another epoch');
    for (const event of answer.events) this.#take(event, true);
    this.#takeBuffered();
  }

  #receive(batch: Broadcast<'events'>): void {
    if (this.#pastEpochs.has(batch.epoch)) return;
    if (batch.epoch !== this.epoch || this.#asking) {
      this.#buffer.push(batch);
      if (this.epoch && batch.epoch !== this.epoch) this.#expectResumed({});
      return;
    }
    for (const event of batch.events) {
      const from = event.type === 'reply.delta' ? (event.from ?? event.seq) : event.seq;
      if (from > this.seq + 1) return this.#ask(batch);
      this.#take(event, false);
    }
  }

  #take(event: ConversationEvent, folded: boolean): void {
    if (event.seq <= this.seq) return;
    if (!folded && event.seq !== this.seq + 1 && !(event.type === 'reply.delta' && event.from))
      this.faults.push(`gap before ${event.seq}`);
    this.seq = event.seq;
    this.events.push(event);
    this.taken.push({ kind: 'event', atMs: performance.now(), epoch: this.epoch, event, caughtUp: folded });
  }

  /** What a client does about a gap. */
  #ask(batch: Broadcast<'events'>): void {
    this.#asking = true;
    this.#buffer.unshift(batch);
    const mine = ++this.#asked;
    const { conversationId, epoch, seq: after } = this;
    void this.request('conversation:events', { conversationId, epoch, after } as never)
      .then((answer) => {
        if (mine !== this.#asked) return;
        if (answer.epoch !== this.epoch) this.#expectResumed({});
        else for (const event of answer.events) this.#take(event, true);
      })
      .catch(() => new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS)))
      .then(() => {
        if (mine !== this.#asked) return; // overtaken by a reconnect
        this.#asking = false;
        this.#takeBuffered();
      });
  }

  #takeBuffered(): void {
    const waiting = this.#buffer;
    this.#buffer = [];
    for (const batch of waiting) this.#receive(batch);
  }
}

async function post<T>(url: string, body: unknown, token?: string): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} refused: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Waits until `look` finds something. */
export async function waitFor<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
