import { PassThrough, type Readable } from 'node:stream';
import { AppError } from '../core/errors.ts';
import { type BlobStore, checkKey } from './blobs.ts';

export type S3Config = {
  bucket: string;
  region: string;
  /** An S3 that is not Amazon's: MinIO, R2, Ceph. */
  endpoint?: string;
  /** Absent at Amazon: the role of the machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Stands before every key, with a `/` between. */
  prefix?: string;
};

const ATTEMPTS = 3;
const defaults = {
  connectMs: 2_000,
  /** An attempt, or a body in the middle, that gets no byte for this long has failed. */
  idleMs: 4_000,
};

/**
 * Blobs as objects of a private bucket. Nothing is made public: no ACL is sent, so the bucket's own (private) one
 * holds. Amazon is told to encrypt with AES256; others encrypt as they are set up, and some refuse to be told.
 * Throws `unavailable` where the bucket cannot be reached or refuses us.
 */
export async function openS3Blobs(config: S3Config, { connectMs, idleMs } = defaults): Promise<BlobStore> {
  // 80 ms and 20 MB that only those pay who use it.
  const { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    region: config.region,
    ...(config.credentials && { credentials: config.credentials }),
    ...(config.endpoint && { endpoint: config.endpoint, forcePathStyle: true }),
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: connectMs, socketTimeout: idleMs },
    // The signature covers the content's SHA-256; further checksums are news to many an S3 that is not Amazon's.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const encryption = config.endpoint ? {} : ({ ServerSideEncryption: 'AES256' } as const);

  function placeOf(key: string): { Bucket: string; Key: string } {
    checkKey(key);
    return { Bucket: config.bucket, Key: config.prefix ? `${config.prefix}/${key}` : key };
  }

  async function put(key: string, content: Uint8Array): Promise<void> {
    const command = new PutObjectCommand({ ...placeOf(key), Body: content, ...encryption });
    try {
      await client.send(command);
    } catch (error) {
      throw asAnswer(error);
    }
  }

  function get(key: string, range?: { start: number; end: number }): Readable {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const command = new GetObjectCommand({ ...placeOf(key), Range });
    const out = new PassThrough();
    const reader = new AbortController();
    const fail = (error: unknown) => void out.destroy(asAnswer(error) as Error);
    out.once('close', () => reader.abort()); // read to the end, or its reader went away
    client.send(command, { abortSignal: reader.signal }).then(({ Body }) => {
      const body = Body as Readable;
      body.once('error', fail).pipe(out);
    }, fail);
    return out;
  }

  async function stat(key: string): Promise<{ bytes: number } | undefined> {
    const command = new HeadObjectCommand(placeOf(key));
    try {
      const { ContentLength = 0 } = await client.send(command);
      return { bytes: ContentLength };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw asAnswer(error);
    }
  }

  return { put, get, stat };
}

const isMissing = (error: unknown) => error instanceof Error && ['NoSuchKey', 'NotFound'].includes(error.name);

function asAnswer(error: unknown): unknown {
  if (isMissing(error)) return new Error('no such blob', { cause: error });
  return new AppError('unavailable', 'This file cannot be reached for a moment. Please try again.', {
    cause: error,
    retryAfterMs: 2_000,
  });
}
