import type { StoredObject } from './buckets.ts';
import type { ObjectRequest } from './object-request.ts';

export interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** One range, as S3 serves it; several, or what it can't read, get the whole object. */
export function byteRange(
  { sizeBytes, etag, modifiedAt }: StoredObject,
  request: Pick<ObjectRequest, 'header'>,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.header('range')?.trim() ?? '');
  if (match === null) return undefined;
  const ifRange = request.header('if-range');
  if (ifRange !== undefined && ifRange !== etag && ifRange !== new Date(modifiedAt).toUTCString())
    return undefined;

  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return start >= sizeBytes ? 'unsatisfiable' : { start, end };
}
