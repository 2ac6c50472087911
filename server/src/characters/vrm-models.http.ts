import { routes } from '@fantwin/shared/http';
import { type UserId, VrmModelId } from '@fantwin/shared/ids';
import type { Request, Response, Router } from 'express';
import { AppError } from '../core/errors.ts';
import { parseInput } from '../core/parse-input.ts';
import type { Who } from '../core/who.ts';
import type { BlobStore } from '../platform/blobs.ts';
import { answerError, bearerOf, countRequest, type RouteGuards, route } from '../platform/routes.ts';
import { sendBlob } from '../platform/send-blob.ts';
import type { ModelFile, VrmModels } from './vrm-models.ts';

type Parts = { models: VrmModels; blobs: BlobStore; whoIs: (userId: UserId) => Promise<Who> };
type Exchange = { request: Request; response: Response };

export function vrmModelsHttp(router: Router, { models, blobs, whoIs }: Parts, guards: RouteGuards): void {
  route(router, routes.vrmModels, async (_input, userId) => models.list(await whoIs(userId)), guards);
  route(router, routes.uploadVrm, async ({ file }, userId) => models.upload(await whoIs(userId), file), guards);
  route(
    router,
    routes.uploadPicture,
    async ({ params, file }, userId) => models.setPicture(await whoIs(userId), params.id, file),
    guards,
  );
  route(router, routes.deleteVrm, async ({ params }, userId) => models.remove(await whoIs(userId), params.id), guards);
  route(router, routes.vrmReviews, async (_input, userId) => models.toReview(await whoIs(userId)), guards);
  route(
    router,
    routes.decideVrm,
    async ({ params, body }, userId) => models.decide(await whoIs(userId), params.id, body),
    guards,
  );

  // Files, so not in the contract of JSON routes: by hash for everybody once approved, by id for those who may look.
  router.get('/avatars/:sha256.vrm', ({ params }, response) =>
    send({ request: response.req, response }, () => models.publicFile(params.sha256, 'vrm')),
  );
  router.get('/avatars/:sha256.png', ({ params }, response) =>
    send({ request: response.req, response }, () => models.publicFile(params.sha256, 'picture')),
  );
  router.get('/api/vrm-models/:id/file', ({ params }, response) =>
    send({ request: response.req, response }, () => closedFile(response.req, params.id, 'vrm'), 'private'),
  );
  router.get('/api/vrm-models/:id/picture', ({ params }, response) =>
    send({ request: response.req, response }, () => closedFile(response.req, params.id, 'picture'), 'private'),
  );

  async function closedFile(request: Request, id: string, part: 'vrm' | 'picture'): Promise<ModelFile> {
    const token = bearerOf(request);
    if (!token) throw new AppError('unauthorized', 'Sign in first: this needs an access token.');
    const who = await whoIs(await guards.userOf(token));
    return models.file(who, parseInput(VrmModelId, id), part);
  }

  async function send(it: Exchange, find: () => Promise<ModelFile>, who?: 'private'): Promise<void> {
    try {
      await countRequest(it.request, 'read', guards);
      await sendBlob(it, blobs, { ...(await find()), ...(who && { cacheControl: 'private, no-cache' }) });
    } catch (error) {
      answerError(error, it.request, it.response, guards.logger);
    }
  }
}
