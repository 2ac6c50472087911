import { expect, test, vi } from 'vitest';
import { createUpload } from './upload.ts';

const model = {
  id: '01990000-0000-7000-8000-000000000001',
  ownerId: '01990000-0000-7000-8000-000000000002',
  sha256: 'ab',
  state: 'pending',
  summary: {
    name: 'Mira',
    version: '1.0',
    licence: {
      authors: ['Ann'],
      avatarPermission: 'everyone',
      commercialUsage: 'corporation',
      redistribution: true,
      modification: 'prohibited',
      creditRequired: false,
      violence: false,
      sexual: false,
      politicalOrReligious: false,
      antisocialOrHate: false,
    },
    budget: {
      bytes: 1,
      triangles: 1,
      materials: 1,
      joints: 1,
      morphs: 1,
      textures: 1,
      texturePixelsMax: 1,
      textureBytes: 1,
      goodForPhones: true,
    },
    findings: [],
  },
  fileUrl: '/api/vrm-models/1/file',
  createdAt: 1,
};
const refusal = (code: string) => ({ status: 400, body: { error: { code, message: 'No.', details: { n: 1 } } } });

/** What a request was told, and what it answers. */
class Request extends EventTarget {
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  sent: unknown;
  address = '';
  status = 0;
  responseText = '';

  constructor(readonly answer: { status: number; body: unknown } | 'silence' | 'cut') {
    super();
  }
  open(method: string, address: string): void {
    this.address = `${method} ${address}`;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(file: unknown): void {
    this.sent = file;
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 1, total: 4 }));
    const { answer } = this;
    if (answer === 'silence') return;
    queueMicrotask(() => {
      if (answer === 'cut') return this.dispatchEvent(new Event('error'));
      this.upload.dispatchEvent(new Event('load'));
      this.status = answer.status;
      this.responseText = JSON.stringify(answer.body);
      return this.dispatchEvent(new Event('load'));
    });
  }
  abort(): void {
    this.dispatchEvent(new Event('abort'));
  }
}

function uploadTo(...answers: ConstructorParameters<typeof Request>[0][]) {
  const requests: Request[] = [];
  const upload = createUpload({
    serverUrl: 'http://server',
    session: { token: async () => 'old', renew: async () => 'new' },
    createRequest: () => {
      const request = new Request(answers[requests.length] ?? 'silence');
      requests.push(request);
      return request as unknown as XMLHttpRequest;
    },
  });
  const send = (options = {}) => upload('uploadVrm', { query: { rights: 'confirmed' } }, new Blob(['vrm']), options);
  return { requests, send };
}

test('the file goes out as who I am, with its type, and tells how far it is', async () => {
  const { requests, send } = uploadTo({ status: 200, body: model });
  const parts: number[] = [];
  expect(await send({ onProgress: (part: number) => parts.push(part) })).toMatchObject({ state: 'pending' });
  expect(parts).toEqual([0.25, 1]);
  const [request] = requests;
  expect(request?.address).toBe('POST http://server/api/vrm-models?rights=confirmed');
  expect(request?.headers).toMatchObject({ authorization: 'Bearer old', 'content-type': 'model/gltf-binary' });
});

test('a refused token is renewed once, and the file sent again', async () => {
  const { requests, send } = uploadTo({ ...refusal('unauthorized'), status: 401 }, { status: 200, body: model });
  await send();
  expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
});

test('a refusal keeps its code and its details; what cannot be read is told apart', async () => {
  await expect(uploadTo(refusal('bad-request')).send()).rejects.toMatchObject({
    code: 'bad-request',
    details: { n: 1 },
  });
  await expect(uploadTo({ status: 200, body: { id: 'x' } }).send()).rejects.toMatchObject({ code: 'internal' });
  await expect(uploadTo({ status: 502, body: 'a proxy' }).send()).rejects.toMatchObject({ code: 'unavailable' });
  await expect(uploadTo('cut').send()).rejects.toMatchObject({ code: 'unavailable' });
});

test('it can be ended, and ends by itself when the line is dead', async () => {
  const end = new AbortController();
  const ended = uploadTo('silence').send({ signal: end.signal });
  const outcome = expect(ended).rejects.toMatchObject({ code: 'unavailable' });
  setTimeout(() => end.abort());
  await outcome;

  vi.useFakeTimers();
  try {
    const dead = expect(uploadTo('silence').send()).rejects.toMatchObject({ code: 'unavailable' });
    await vi.advanceTimersByTimeAsync(30_000);
    await dead;
  } finally {
    vi.useRealTimers();
  }
});
