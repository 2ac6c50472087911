import { connect, type Socket } from 'node:net';

/** A WebSocket that speaks Socket.IO's protocol, and costs a fraction of what it costs the server. */
export type WireOptions = {
  host: string;
  port: number;
  /** Where it comes from: one address has too few ports for many thousand connections. */
  localAddress?: string;
  headers?: string;
  auth: () => unknown;
  onConnect: () => void;
  /** The server refused who we are. */
  onRefused: (why: string) => void;
  onPacket: (payload: Buffer) => void;
  onClose: () => void;
  /** Of the answer to the upgrade. */
  onHeaders?: (headers: string) => void;
};

const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;
const CODE = { ping: 0x32, message: 0x34, connect: 0x30, event: 0x32, ack: 0x33, error: 0x34 } as const;
const namespace = '/live,';
/** Where the body of a packet of our namespace begins: behind `4`, its kind and `/live,`. */
export const BODY_AT = 2 + namespace.length;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

export class Wire {
  readonly #socket: Socket;
  readonly #options: WireOptions;
  #rest: Buffer | undefined;
  #upgraded = false;
  #closed = false;
  #nextAck = 0;
  readonly #acks = new Map<number, (answer: unknown) => void>();
  connected = false;

  constructor(options: WireOptions) {
    this.#options = options;
    const { host, port, localAddress } = options;
    this.#socket = connect({ host, port, localAddress, noDelay: true });
    this.#socket.on('connect', () => this.#upgrade());
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#socket.on('error', () => undefined); // its close follows
    this.#socket.on('close', () => this.#end());
  }

  /** Sends an event; the answer goes to `onAnswer`. */
  request(name: string, payload: unknown, onAnswer: (answer: unknown) => void): void {
    const id = this.#nextAck;
    this.#nextAck += 1;
    this.#acks.set(id, onAnswer);
    this.#send(`42${namespace}${id}${JSON.stringify([name, payload])}`);
  }

  /** Without a word, as when a network goes away. */
  destroy(): void {
    this.#socket.destroy();
  }

  #upgrade(): void {
    const { host, port, headers = '' } = this.#options;
    this.#socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\n` +
        `Connection: Upgrade\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n${headers}\r\n`,
    );
  }

  #read(chunk: Buffer): void {
    let data = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = undefined;
    if (!this.#upgraded) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#rest = data;
        return;
      }
      const head = data.toString('latin1', 0, end);
      if (!head.startsWith('HTTP/1.1 101')) {
        this.#socket.destroy();
        return;
      }
      this.#upgraded = true;
      this.#options.onHeaders?.(head);
      data = data.subarray(end + 4);
    }
    let at = 0;
    while (at < data.length) {
      const next = this.#frame(data, at);
      if (next < 0) break;
      at = next;
    }
    if (at < data.length) this.#rest = Buffer.from(data.subarray(at));
  }

  /** Takes one frame; answers where the next one begins, or -1 where this one is not whole yet. */
  #frame(data: Buffer, at: number): number {
    if (data.length < at + 2) return -1;
    const opcode = (data[at] ?? 0) & 0x0f;
    let length = (data[at + 1] ?? 0) & 0x7f;
    let begin = at + 2;
    if (length === 126) {
      if (data.length < at + 4) return -1;
      length = data.readUInt16BE(at + 2);
      begin = at + 4;
    } else if (length === 127) {
      if (data.length < at + 10) return -1;
      length = Number(data.readBigUInt64BE(at + 2));
      begin = at + 10;
    }
    const end = begin + length;
    if (data.length < end) return -1;
    if (opcode === OPCODE.text) this.#take(data.subarray(begin, end));
    else if (opcode === OPCODE.close) this.#socket.end();
    else if (opcode === OPCODE.ping) this.#write(OPCODE.pong, data.subarray(begin, end));
    return end;
  }

  #take(payload: Buffer): void {
    if (payload[0] === CODE.ping) this.#send('3');
    else if (payload[0] === CODE.message) this.#packet(payload);
    else if (payload[0] === 0x30) this.#send(`40${namespace}${JSON.stringify(this.#options.auth())}`);
  }

  #packet(payload: Buffer): void {
    switch (payload[1]) {
      case CODE.event:
        this.#options.onPacket(payload);
        return;
      case CODE.ack:
        this.#acknowledged(payload.toString('utf8', BODY_AT));
        return;
      case CODE.connect:
        this.connected = true;
        this.#options.onConnect();
        return;
      case CODE.error:
        this.#options.onRefused(payload.toString('utf8', BODY_AT));
        this.#socket.destroy();
    }
  }

  #acknowledged(body: string): void {
    const from = body.indexOf('[');
    const id = Number(body.slice(0, from));
    const onAnswer = this.#acks.get(id);
    this.#acks.delete(id);
    const [answer] = JSON.parse(body.slice(from)) as unknown[];
    onAnswer?.(answer);
  }

  #send(text: string): void {
    this.#write(OPCODE.text, Buffer.from(text));
  }

  /** Clients have to mask; a mask of zeros changes nothing. */
  #write(opcode: number, payload: Buffer): void {
    const long = payload.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (long ? 126 : payload.length);
    if (long) head.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.connected = false;
    this.#options.onClose();
  }
}
