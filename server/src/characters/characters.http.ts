import { routes } from '@fantwin/shared/http';
import type { Request, Response, Router } from 'express';
import { AppError } from '../core/errors.ts';
import type { BlobStore } from '../platform/blobs.ts';
import { answerError, countRequest, type RouteGuards, route } from '../platform/routes.ts';
import { sendBlob } from '../platform/send-blob.ts';
import { type Characters, vrmKey } from './characters.ts';

type Parts = { characters: Characters; blobs: BlobStore };

export function charactersHttp(router: Router, { characters, blobs }: Parts, guards: RouteGuards): void {
  route(router, routes.characters, () => characters.list(), guards);

  /** A file, so not in the contract of JSON routes. */
  router.get('/avatars/:sha256.vrm', (request, response) => sendAvatar(request.params.sha256, { request, response }));

  async function sendAvatar(
    sha256: string,
    { request, response }: { request: Request; response: Response },
  ): Promise<void> {
    try {
      await countRequest(request, 'read', guards);
      const model = /^[0-9a-f]{64}$/.test(sha256) ? await characters.approvedModel(sha256) : undefined;
      if (!model) throw new AppError('not-found', 'There is no such avatar.');
      const blob = { key: vrmKey(sha256), bytes: model.bytes, sha256, type: 'model/gltf-binary' };
      await sendBlob({ request, response }, blobs, blob);
    } catch (error) {
      answerError(error, request, response, guards.logger);
    }
  }
}
