import type { ReadableBuckets } from '../../s3/buckets.ts';
import { getObject } from '../../s3/get-object.ts';
import { s3Error } from '../../s3/s3-error.ts';
import type { EdgeResponse, Origin } from '../edge-request.ts';
import { fromRecord, joined } from '../header-map.ts';
import { discardBody } from '../send-response.ts';

export interface S3OriginOptions {
  readonly bucket: string;
  readonly originPath: string;
  readonly buckets: ReadableBuckets;
}

/** A private bucket behind origin access control. */
export function createS3Origin({ bucket, originPath, buckets }: S3OriginOptions): Origin {
  return {
    async fetch({ method, path, headers }) {
      if (method !== 'GET' && method !== 'HEAD') return refused();
      const key = keyOf(`${originPath}${path}`);
      if (key === undefined) return refused();
      const { status, ...answer } = getObject(buckets, {
        bucket,
        key,
        header: (name) => joined(headers, name),
      });
      if (method === 'HEAD') discardBody(answer);
      return {
        status,
        headers: fromRecord(answer.headers),
        body: method === 'HEAD' ? undefined : answer.body,
        cacheResult: status < 400 ? 'Miss' : 'Error',
      };
    },
  };
}

function keyOf(path: string): string | undefined {
  try {
    return decodeURIComponent(path).slice(1);
  } catch {
    return undefined;
  }
}

/** CORS and writes would need bucket settings that don't exist here; without them S3 denies access. */
function refused(): EdgeResponse {
  const { status, body } = s3Error('AccessDenied');
  return { status, headers: fromRecord({ 'content-type': 'application/xml' }), body, cacheResult: 'Error' };
}
