import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };
/** What S3 would say: an error code and its status. */
export type Refusal = { status: number; code: string };

const SKEW_MAX_MS = 15 * 60_000;
const MUST_BE_SIGNED = ['host', 'x-amz-content-sha256', 'x-amz-date'];

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Checks a request's AWS Signature Version 4, computed here from what arrived; undefined: it is right. */
export function refusalOf(request: IncomingMessage, body: Buffer, known: Credentials): Refusal | undefined {
  const { headers, method = '', url = '' } = request;
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (!parts) return { status: 403, code: 'AccessDenied' };
  const [, credential = '', signedNames = '', signature = ''] = parts;
  const [accessKeyId, day = '', region, service, end] = credential.split('/');
  if (accessKeyId !== known.accessKeyId) return { status: 403, code: 'InvalidAccessKeyId' };
  if (region !== known.region || service !== 's3' || end !== 'aws4_request')
    return { status: 400, code: 'AuthorizationHeaderMalformed' };

  const time = String(headers['x-amz-date']);
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - at) < SKEW_MAX_MS) || !time.startsWith(day))
    return { status: 403, code: 'RequestTimeTooSkewed' };
  const names = signedNames.split(';');
  const sent = Object.keys(headers).filter((name) => name.startsWith('x-amz-'));
  if (![...MUST_BE_SIGNED, ...sent].every((name) => names.includes(name))) return { status: 403, code: 'AccessDenied' };
  const contentHash = String(headers['x-amz-content-sha256']);
  if (contentHash !== sha256(body)) return { status: 400, code: 'XAmzContentSHA256Mismatch' };

  const [path = '', query = ''] = url.split('?');
  const canonical = [
    method,
    path,
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signedNames,
    contentHash,
  ].join('\n');
  const scope = [day, region, service, end].join('/');
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [region, service, end].reduce<Buffer>(hmac, hmac(`AWS4${known.secretAccessKey}`, day));
  const right = timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'));
  return right ? undefined : { status: 403, code: 'SignatureDoesNotMatch' };
}
