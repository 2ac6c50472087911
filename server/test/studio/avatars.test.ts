import type { VrmModel, VrmToReview } from '@fantwin/shared/vrm-models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../test-app.ts';
import { hostileFiles } from '../vrm-corpus/corpus.ts';
import { anotherVrm, miraPicture, miraVrm, Person } from './person.ts';

let app: TestApp;
let moderator: Person;
beforeAll(async () => {
  app = await startTestApp([''], {}, { TRUST_PROXY: '1' });
  moderator = await Person.demo(app, 'moderator');
});
afterAll(() => app?.close());

const reviews = async (): Promise<VrmToReview[]> =>
  (await moderator.done<{ items: VrmToReview[] }>('GET', '/api/moderation/vrm-models')).items;
const decide = (id: string, decision: object) =>
  moderator.done<VrmModel>('POST', `/api/moderation/vrm-models/${id}`, decision);

test('uploaded, looked at, approved, worn: only then the file is everybody’s, and for ever', async () => {
  const [creator, other] = [await Person.withAccount(app, 'Stella'), await Person.withAccount(app, 'Mallory')];
  const file = anotherVrm('Ayla');
  const model = await creator.upload(file);
  expect(model).toMatchObject({ state: 'pending', ownerId: creator.id, summary: { name: 'Ayla', version: '1.0' } });
  expect((await creator.upload(file)).id, 'the same file again is the same model').toBe(model.id);
  const pictured = await creator.done<VrmModel>(
    'POST',
    `/api/vrm-models/${model.id}/picture`,
    miraPicture,
    'image/png',
  );

  expect((await other.raw(`/avatars/${model.sha256}.vrm`)).status).toBe(404);
  for (const path of [model.fileUrl, pictured.pictureUrl ?? '']) {
    expect((await other.raw(path)).status, 'nobody else looks at it yet').toBe(404);
    expect((await fetch(app.url + path)).status).toBe(401);
    expect((await creator.raw(path)).cache).toBe('private, no-cache');
  }
  expect((await moderator.raw(model.fileUrl)).bytes.equals(file)).toBe(true);
  const twin = await creator.makeTwin();
  const wear = { vrmModelId: model.id };
  expect(await creator.refused('PATCH', `/api/characters/${twin.id}`, wear)).toMatchObject({ code: 'conflict' });

  expect(await creator.refused('GET', '/api/moderation/vrm-models')).toMatchObject({ code: 'forbidden' });
  expect(await reviews()).toMatchObject([{ id: model.id, ownerName: 'Stella' }]);
  const approved = await decide(model.id, { approved: true });
  expect(approved).toMatchObject({ state: 'approved', fileUrl: `/avatars/${model.sha256}.vrm` });
  expect(await reviews()).toEqual([]);
  const open = await other.raw(approved.fileUrl);
  expect([open.status, open.cache, open.bytes.equals(file)]).toEqual([
    200,
    'public, max-age=31536000, immutable',
    true,
  ]);
  expect((await other.raw(approved.pictureUrl ?? '')).bytes.equals(miraPicture)).toBe(true);
  const worn = await creator.done('PATCH', `/api/characters/${twin.id}`, wear);
  expect(worn).toMatchObject({ avatarUrl: approved.fileUrl, pictureUrl: approved.pictureUrl });
  expect(await creator.refused('DELETE', `/api/vrm-models/${model.id}`)).toMatchObject({ code: 'conflict' });
  const late = await creator.refused('POST', `/api/vrm-models/${model.id}/picture`, miraPicture, 'image/png');
  expect(late).toMatchObject({ code: 'conflict' });
});

test('a refusal has its reason; the owner can remove the file, others cannot', async () => {
  const [creator, other] = [await Person.withAccount(app, 'Stella'), await Person.withAccount(app, 'Mallory')];
  const { id } = await creator.upload(anotherVrm('Bela'));
  expect(await moderator.refused('POST', `/api/moderation/vrm-models/${id}`, { approved: false })).toMatchObject({
    code: 'bad-request',
  });
  await decide(id, { approved: false, reason: 'It shows somebody else’s logo.' });
  const listOf = async (who: Person) =>
    (await who.done<{ items: VrmModel[] }>('GET', '/api/vrm-models')).items.filter(({ ownerId }) => ownerId !== null);
  expect(await listOf(creator)).toMatchObject([{ id, state: 'refused', reason: 'It shows somebody else’s logo.' }]);
  expect(await listOf(other)).toEqual([]);
  expect(await other.refused('DELETE', `/api/vrm-models/${id}`)).toMatchObject({ code: 'not-found' });
  await creator.done('DELETE', `/api/vrm-models/${id}`);
  expect(await listOf(creator)).toEqual([]);
});

test('two creators may have the same file; what is decided about one is not decided about the other', async () => {
  const [one, two] = [await Person.withAccount(app, 'Stella'), await Person.withAccount(app, 'Luna')];
  const file = anotherVrm('Cora');
  const [first, second] = [await one.upload(file), await two.upload(file)];
  expect(first.id).not.toBe(second.id);
  await decide(first.id, { approved: true });
  expect((await reviews()).map(({ id }) => id)).toEqual([second.id]);
  await decide(second.id, { approved: false, reason: 'Not yours.' });
});

test('a file that the scan refuses leaves nothing behind, and says why', async () => {
  const creator = await Person.withAccount(app, 'Stella');
  for (const { name, file, code } of hostileFiles(miraVrm).slice(0, 6)) {
    const refused = await creator.refused('POST', '/api/vrm-models?rights=confirmed', file, 'model/gltf-binary');
    expect(refused, name).toMatchObject({ status: 400, code: 'bad-request' });
    const { findings } = refused.details as { findings: { code: string; message: string }[] };
    expect(
      findings.map((finding) => finding.code),
      name,
    ).toContain(code);
  }
  const { items } = await creator.done<{ items: VrmModel[] }>('GET', '/api/vrm-models');
  expect(items.every(({ ownerId }) => ownerId === null)).toBe(true);
});

test('what is no file, too much, or not confirmed is refused before anything is done', async () => {
  const [creator, guest] = [await Person.withAccount(app, 'Stella'), await Person.guest(app, 'Passer-by')];
  const confirmed = '/api/vrm-models?rights=confirmed';
  const vrm = 'model/gltf-binary';
  const file = anotherVrm('Dora');
  expect(await guest.refused('POST', confirmed, file, vrm)).toMatchObject({ code: 'forbidden' });
  expect(await creator.refused('POST', '/api/vrm-models', file, vrm)).toMatchObject({ code: 'bad-request' });
  expect(await creator.refused('POST', confirmed, file, 'image/png')).toMatchObject({ code: 'bad-request' });
  const huge = new Uint8Array(30 * 1024 * 1024 + 1);
  const answered = await creator.refused('POST', confirmed, huge, vrm).catch((error: unknown) => error);
  if (!(answered instanceof Error)) expect(answered).toMatchObject({ code: 'too-large' }); // or the line was cut meanwhile
  const { id } = await creator.upload(file);
  for (const picture of [new Uint8Array([1, 2, 3]), file, miraPicture.subarray(0, 5_000)]) {
    const refused = await creator.refused('POST', `/api/vrm-models/${id}/picture`, picture, 'image/png');
    expect(refused).toMatchObject({ code: 'bad-request' });
  }
});
