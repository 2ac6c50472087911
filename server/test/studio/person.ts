import { readFileSync } from 'node:fs';
import type { SignedIn } from '@fantwin/shared/accounts';
import type { OwnCharacter } from '@fantwin/shared/characters';
import type { VrmModel } from '@fantwin/shared/vrm-models';
import { expect } from 'vitest';
import type { TestApp } from '../test-app.ts';
import { closeGlb, openGlb, put } from '../vrm-corpus/glb-edit.ts';

const ours = (name: string) => readFileSync(new URL(`../../../client/public/avatars/${name}`, import.meta.url));
export const miraVrm = ours('mira.vrm');
export const miraPicture = ours('mira.png');

/** Our avatar under another name: a good file with a hash of its own. */
export function anotherVrm(name: string): Uint8Array {
  const glb = openGlb(miraVrm);
  put(glb.json, '/extensions/VRMC_vrm/meta/name', name);
  return closeGlb(glb);
}

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

let people = 0;

/** Somebody who talks HTTP with the server, as a page does; at an address of their own, so that limits do not mix. */
export class Person {
  private constructor(
    readonly url: string,
    readonly id: string,
    private readonly headers: Record<string, string>,
  ) {}

  static async withAccount(app: Pick<TestApp, 'url'>, name: string): Promise<Person> {
    const email = `${name.toLowerCase()}-${crypto.randomUUID()}@fantwin.example`;
    return Person.#enter(app, '/api/auth/register', { displayName: name, email, password: 'long enough to be one' });
  }

  static guest(app: TestApp, displayName: string): Promise<Person> {
    return Person.#enter(app, '/api/auth/guest', { displayName });
  }

  static demo(app: TestApp, who: 'moderator' | 'creator'): Promise<Person> {
    const { email, password } = app.app.signIns?.[who] ?? { email: '', password: '' };
    return Person.#enter(app, '/api/auth/login', { email, password });
  }

  static async #enter(app: Pick<TestApp, 'url'>, path: string, body: object): Promise<Person> {
    people += 1;
    const address = { 'x-forwarded-for': `198.51.100.${people}` };
    const response = await fetch(app.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...address },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    const { accessToken, user } = (await response.json()) as SignedIn;
    return new Person(app.url, user.id, { authorization: `Bearer ${accessToken}`, ...address });
  }

  async send(method: string, path: string, body?: object, type = 'application/json'): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: { ...this.headers, ...(body && { 'content-type': type }) },
      ...(body && { body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Record<string, unknown> };
  }

  /** What it answers; throws where it is refused. */
  async done<T>(method: string, path: string, body?: object, type?: string): Promise<T> {
    const answer = await this.send(method, path, body, type);
    expect(answer.body.error, `${method} ${path}`).toBeUndefined();
    return answer.body as T;
  }

  /** The refusal. */
  async refused(method: string, path: string, body?: object, type?: string) {
    const { status, body: answer } = await this.send(method, path, body, type);
    expect(status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
    return { status, ...(answer.error as { code: string; message: string; details?: Record<string, unknown> }) };
  }

  async raw(path: string): Promise<{ status: number; cache: string | null; bytes: Buffer }> {
    const response = await fetch(this.url + path, { headers: this.headers });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, cache: response.headers.get('cache-control'), bytes };
  }

  upload(file: Uint8Array): Promise<VrmModel> {
    return this.done('POST', '/api/vrm-models?rights=confirmed', file, 'model/gltf-binary');
  }

  async platformModel(): Promise<VrmModel> {
    const { items } = await this.done<{ items: VrmModel[] }>('GET', '/api/vrm-models');
    const [model] = items.filter(({ ownerId }) => ownerId === null);
    if (!model) throw new Error('there is no avatar of the platform');
    return model;
  }

  async makeTwin(more: object = {}): Promise<OwnCharacter> {
    const { id: vrmModelId } = await this.platformModel();
    return this.done('POST', '/api/characters', { ...twin, vrmModelId, ...more });
  }
}

export const twin = {
  name: 'Nova',
  tagline: 'Stargazer',
  greeting: 'Hello from the stars!',
  persona: 'You love telescopes.\nYou are kind.',
  language: 'en',
} as const;
