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

/** A fan with a real socket, who keeps a conversation's events in order and notes everything that should not happen. */
export class Fan {
  socket: Socket;
  readonly events: ConversationEvent[] = [];
  readonly notices: Broadcast<'notice'>[] = [];
  readonly faults: string[] = [];
  /** Bodies of all answers to a join or a resume. */
  readonly joins: Omit<JoinAnswer, 'you'>[] = [];
  presence = 0;
  epoch = '';
  seq = 0;
  conversationId = '';
  userId = '';
  displayName = '';
  #buffer: Broadcast<'events'>[] = [];
  #asking = false;

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
      reconnectionDelay: 50,
      reconnectionDelayMax: 300,
    });
    socket.on('events', (batch: Broadcast<'events'>) => this.#receive(batch));
    socket.on('resumed', (answer: Broadcast<'resumed'>) => this.#enter(answer));
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
    this.socket.disconnect();
  }

  #enter(answer: Omit<JoinAnswer, 'you'>): void {
    this.joins.push(answer);
    if (answer.reset) {
      this.epoch = answer.epoch;
      this.seq = answer.seq;
    } else if (answer.epoch !== this.epoch) this.faults.push('a catch-up from another epoch');
    for (const event of answer.events) this.#take(event, true);
    const waiting = this.#buffer;
    this.#buffer = [];
    for (const batch of waiting) this.#receive(batch);
  }

  #receive(batch: Broadcast<'events'>): void {
    if (batch.epoch !== this.epoch || this.#asking) {
      this.#buffer.push(batch);
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
  }

  /** What a client does about a gap. */
  #ask(batch: Broadcast<'events'>): void {
    this.#asking = true;
    const { conversationId, epoch, seq: after } = this;
    void this.request('conversation:events', { conversationId, epoch, after } as never).then(
      ({ events }) => {
        this.#asking = false;
        for (const event of events) this.#take(event, true);
        const waiting = [batch, ...this.#buffer];
        this.#buffer = [];
        for (const one of waiting) this.#receive(one);
      },
      () => {
        this.#asking = false;
      },
    );
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
