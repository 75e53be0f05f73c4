import type { StoredObject } from './buckets.ts';
import type { ObjectRequest } from './object-request.ts';

/** RFC 9110 §13: 304 or 412 when a condition of the request decides the answer, otherwise 200. */
export function preconditionStatus(
  object: StoredObject,
  request: Pick<ObjectRequest, 'header'>,
): 200 | 304 | 412 {
  const ifMatch = request.header('if-match');
  const ifUnmodifiedSince = request.header('if-unmodified-since');
  if (ifMatch !== undefined) {
    if (!lists(ifMatch, object.etag)) return 412;
  } else if (ifUnmodifiedSince !== undefined && isModifiedAfter(object, ifUnmodifiedSince)) return 412;

  const ifNoneMatch = request.header('if-none-match');
  const ifModifiedSince = request.header('if-modified-since');
  if (ifNoneMatch !== undefined) return lists(ifNoneMatch, object.etag) ? 304 : 200;
  return ifModifiedSince !== undefined && isModifiedAfter(object, ifModifiedSince) === false ? 304 : 200;
}

/** The edge weakens the tag of what it compresses, so a weak tag stands for the same object. */
function lists(header: string, etag: string): boolean {
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}

/** HTTP dates have whole seconds. Undefined for what is no date, which then decides nothing. */
function isModifiedAfter({ modifiedAt }: StoredObject, date: string): boolean | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : Math.floor(modifiedAt / 1000) > Math.floor(time / 1000);
}
