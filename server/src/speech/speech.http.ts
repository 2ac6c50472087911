import type { Language } from '@fantwin/shared/characters';
import type { Mood } from '@fantwin/shared/conversations';
import { routes } from '@fantwin/shared/http';
import type { Request, Response, Router } from 'express';
import { AppError } from '../core/errors.ts';
import type { BlobStore } from '../platform/blobs.ts';
import { answerError, countRequest, type RouteGuards, route } from '../platform/routes.ts';
import { sendBlob } from '../platform/send-blob.ts';
import { soundKey } from './recordings.ts';
import type { Speech } from './speech.ts';

type Parts = {
  speech: Speech;
  blobs: BlobStore;
  moodOf: (text: string, language: Language) => Mood;
  /** Whether the guardian lets everybody hear it: recordings have public addresses. */
  allowed: (text: string) => Promise<boolean>;
};

const SPEECH_TIMEOUT_MS = 6_000;

export function speechHttp(router: Router, { speech, blobs, moodOf, allowed }: Parts, guards: RouteGuards): void {
  route(router, routes.voices, async ({ query }) => ({ items: await speech.voices(query.language) }), guards);

  route(
    router,
    routes.previewSpeech,
    async ({ body: { text, language, voice } }) => {
      if (!(await allowed(text)))
        throw new AppError('blocked', 'A twin may not say this. Please write it differently.');
      const spoken = await speech
        .speak(text, language, AbortSignal.timeout(SPEECH_TIMEOUT_MS), voice)
        .catch((cause: unknown) => {
          const message = 'The voice does not answer right now. Please try again in a moment.';
          throw new AppError('unavailable', message, { cause, retryAfterMs: 5_000 });
        });
      return { ...spoken, mood: moodOf(text, language) };
    },
    guards,
  );

  /** Recorded sentences: files, so not in the contract of JSON routes. */
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
