import type { Request, Response, Router } from 'express';
import { AppError } from '../core/errors.ts';
import type { BlobStore } from '../platform/blobs.ts';
import { answerError, countRequest, type RouteGuards } from '../platform/routes.ts';
import { sendBlob } from '../platform/send-blob.ts';
import { soundKey } from './recordings.ts';

/** Recorded sentences: files, so not in the contract of JSON routes. */
export function speechHttp(router: Router, blobs: BlobStore, guards: RouteGuards): void {
  router.get('/speech/:sha256.wav', (request, response) => sendSound(request.params.sha256, { request, response }));

  async function sendSound(
    sha256: string,
    { request, response }: { request: Request; response: Response },
  ): Promise<void> {
    try {
      await countRequest(request, 'read', guards);
      const key = soundKey(sha256);
      const found = /^[0-9a-f]{64}$/.test(sha256) ? await blobs.stat(key) : undefined;
      if (!found) throw new AppError('not-found', 'There is no such recording.');
      await sendBlob({ request, response }, blobs, { key, bytes: found.bytes, sha256, type: 'audio/wav' });
    } catch (error) {
      answerError(error, request, response, guards.logger);
    }
  }
}
