import type { Readable } from 'node:stream';
import type { ReadableBuckets, StoredObject } from './buckets.ts';
import { byteRange } from './byte-range.ts';
import type { ObjectRequest } from './object-request.ts';
import { preconditionStatus } from './preconditions.ts';
import { type S3Error, s3Error } from './s3-error.ts';

export interface ObjectAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | Buffer | undefined;
}

/** S3's GetObject as CloudFront calls it: ranges, conditions, metadata as headers, errors as XML. */
export function getObject(buckets: ReadableBuckets, request: ObjectRequest): ObjectAnswer {
  const { bucket, key } = request;
  const grant = buckets.has(bucket) ? buckets.cloudFrontGrant(bucket) : undefined;
  if (grant === undefined) return refuse(s3Error('NoSuchBucket'));
  const object = grant.read ? buckets.head(bucket, key) : undefined;
  if (object === undefined) return refuse(s3Error(grant.list && grant.read ? 'NoSuchKey' : 'AccessDenied'));

  const status = preconditionStatus(object, request);
  if (status === 304) return { status, headers: validators(object), body: undefined };
  if (status === 412) return refuse(s3Error('PreconditionFailed'));

  const range = byteRange(object, request);
  const headers = objectHeaders(object);
  if (range === 'unsatisfiable') return refuse(s3Error('InvalidRange'));
  if (range === undefined)
    return {
      status: 200,
      headers: { ...headers, 'content-length': String(object.sizeBytes) },
      body: buckets.read(bucket, key),
    };
  const { start, end } = range;
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(end - start + 1),
      'content-range': `bytes ${start}-${end}/${object.sizeBytes}`,
    },
    body: buckets.read(bucket, key, range),
  };
}

function refuse({ status, body }: S3Error): ObjectAnswer {
  return { status, headers: { 'content-type': 'application/xml', server: 'AmazonS3' }, body };
}

const validators = ({ etag, modifiedAt }: StoredObject) => ({
  etag,
  'last-modified': new Date(modifiedAt).toUTCString(),
  server: 'AmazonS3',
});

function objectHeaders(object: StoredObject): Record<string, string> {
  const optional = {
    'cache-control': object.cacheControl,
    'content-disposition': object.contentDisposition,
    'content-encoding': object.contentEncoding,
    'content-language': object.contentLanguage,
    expires: object.expires,
  };
  const present = Object.entries(optional).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const user = Object.entries(object.user).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  return {
    'content-type': object.contentType,
    'accept-ranges': 'bytes',
    ...validators(object),
    ...Object.fromEntries([...present, ...user]),
  };
}
