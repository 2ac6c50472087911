import { createHash } from 'node:crypto';
import type { UserId, VrmModelId } from '@fantwin/shared/ids';
import { PICTURE_PIXELS, VRM_MODELS_MAX } from '@fantwin/shared/limits';
import type { VrmDecision, VrmModel, VrmToReview } from '@fantwin/shared/vrm-models';
import { can } from '../accounts/permissions.ts';
import { AppError } from '../core/errors.ts';
import type { Who } from '../core/who.ts';
import { avatarAddress, pictureAddress } from './addresses.ts';
import { pngSize } from './png.ts';
import type { VrmScan } from './vrm/vrm-scan.ts';
import type { StoredModel, VrmModelStore } from './vrm-models.store.ts';

type Deps = {
  store: VrmModelStore;
  blobs: { put(key: string, content: Uint8Array): Promise<void> };
  scan: (file: Uint8Array) => Promise<VrmScan>;
  recordAction: (action: {
    actorId: string;
    action: string;
    subjectId: string;
    detail?: Record<string, unknown>;
  }) => Promise<void>;
  newId: () => string;
  now: () => number;
};

export type VrmModels = ReturnType<typeof createVrmModels>;
/** Where a file of a model is in the blob store, and how it is served. */
export type ModelFile = { key: string; bytes: number; sha256: string; type: string };

export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
type Part = 'vrm' | 'picture';
const kinds = { vrm: { ending: 'vrm', type: 'model/gltf-binary' }, picture: { ending: 'png', type: 'image/png' } };
export const modelFile = (part: Part, sha256: string, bytes: number): ModelFile => ({
  key: `vrm/${sha256}.${kinds[part].ending}`,
  bytes,
  sha256,
  type: kinds[part].type,
});

const SHA256 = /^[0-9a-f]{64}$/;

/** The avatars: those of the platform, and those that creators upload and moderators approve. */
export function createVrmModels({ store, blobs, scan, recordAction, newId, now }: Deps) {
  async function list(who: Who): Promise<{ items: VrmModel[] }> {
    return { items: (await store.list(who.userId)).map(shown) };
  }

  /** Throws `bad-request` with the findings where the scan refuses the file. The same file again is the same model. */
  async function upload(who: Who, file: Uint8Array): Promise<VrmModel> {
    if (!can(who, 'vrm:upload', who)) throw new AppError('forbidden', 'Make an account first: guests cannot upload.');
    if ((await store.countOf(who.userId)) >= VRM_MODELS_MAX)
      throw new AppError('conflict', `You have ${VRM_MODELS_MAX} avatars already. Remove one first.`);
    const scanned = await scan(file);
    if (!scanned.ok)
      throw new AppError('bad-request', 'This file cannot be used as an avatar. The list says why.', {
        details: { findings: scanned.findings },
      });

    const sha256 = sha256Of(file);
    await blobs.put(modelFile('vrm', sha256, file.length).key, file); // before the row that promises it
    const model = { sha256, bytes: file.length, approved: false, summary: scanned.summary };
    const id = await store.keep({ id: newId() as VrmModelId, ownerId: who.userId, ...model }, now());
    return shown(await found(id));
  }

  async function setPicture(who: Who, id: VrmModelId, png: Uint8Array): Promise<VrmModel> {
    await own(who, id);
    const size = pngSize(png);
    const { least, most } = PICTURE_PIXELS;
    if (!size || size.width !== size.height || size.width < least || size.width > most)
      throw new AppError('bad-request', `The portrait must be a square PNG of ${least} to ${most} pixels.`);
    const picture = { sha256: sha256Of(png), bytes: png.length };
    await blobs.put(modelFile('picture', picture.sha256, picture.bytes).key, png);
    const model = await store.setPicture(id, picture);
    if (!model) throw new AppError('conflict', 'A moderator has decided already; the portrait stays as it is.');
    return shown(model);
  }

  async function remove(who: Who, id: VrmModelId): Promise<Record<string, never>> {
    await own(who, id);
    if (!(await store.remove(id)))
      throw new AppError('conflict', 'A twin wears this avatar. Give the twin another one first.');
    return {};
  }

  async function toReview(who: Who): Promise<{ items: VrmToReview[] }> {
    refuseNonReviewer(who);
    const waiting = await store.toReview();
    return { items: waiting.map(({ ownerName, ...model }) => ({ ...shown(model), ownerName })) };
  }

  async function decide(who: Who, id: VrmModelId, decision: VrmDecision): Promise<VrmModel> {
    refuseNonReviewer(who);
    const model = await store.decide(id, { ...decision, by: who.userId, at: now() });
    if (!model) throw new AppError('not-found', 'There is no such avatar.');
    const action = decision.approved ? 'vrm.approve' : 'vrm.refuse';
    await recordAction({ actorId: who.userId, action, subjectId: id, detail: { ...decision } });
    return shown(model);
  }

  /** What is approved is everybody's; before that, its owner and moderators may look. */
  async function file(who: Who, id: VrmModelId, part: Part): Promise<ModelFile> {
    const model = await found(id);
    if (!can(who, 'vrm:read', model)) throw missing();
    if (part === 'vrm') return modelFile(part, model.sha256, model.bytes);
    if (!model.picture) throw missing();
    return modelFile(part, model.picture.sha256, model.picture.bytes);
  }

  async function publicFile(sha256: string, part: Part): Promise<ModelFile> {
    const known = SHA256.test(sha256)
      ? await (part === 'vrm' ? store.approvedFile(sha256) : store.approvedPicture(sha256))
      : undefined;
    if (!known) throw missing();
    return modelFile(part, sha256, known.bytes);
  }

  /** One that this creator's twin may wear. Throws `bad-request` where it may not. */
  async function wearable(ownerId: UserId, id: VrmModelId): Promise<void> {
    const model = await store.byId(id);
    const theirs = model && (model.ownerId === null || model.ownerId === ownerId);
    if (!theirs) throw new AppError('bad-request', 'There is no such avatar. Choose one from the list.');
    if (!model.approved)
      throw new AppError('conflict', 'This avatar waits for a moderator. Choose another one until it is approved.');
  }

  async function found(id: VrmModelId): Promise<StoredModel> {
    const model = await store.byId(id);
    if (!model) throw missing();
    return model;
  }

  async function own(who: Who, id: VrmModelId): Promise<void> {
    if (!can(who, 'vrm:change', await found(id))) throw missing();
  }

  return { list, upload, setPicture, remove, toReview, decide, file, publicFile, wearable };
}

const missing = (): AppError => new AppError('not-found', 'There is no such avatar.');

function refuseNonReviewer(who: Who): void {
  if (!can(who, 'vrm:review', undefined)) throw new AppError('forbidden', 'Only moderators decide about avatars.');
}

function shown(model: StoredModel): VrmModel {
  const { id, ownerId, sha256, summary, approved, reason, decided, picture, createdAt } = model;
  const kept = `/api/vrm-models/${id}`;
  const pictureUrl = picture && (approved ? pictureAddress(picture.sha256) : `${kept}/picture`);
  return {
    id,
    ownerId,
    sha256,
    summary,
    state: approved ? 'approved' : decided ? 'refused' : 'pending',
    ...(reason !== undefined && { reason }),
    fileUrl: approved ? avatarAddress(sha256) : `${kept}/file`,
    ...(pictureUrl && { pictureUrl }),
    createdAt,
  };
}
