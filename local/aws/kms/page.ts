import { AwsError } from '../service.ts';
import { type Input, optionalInteger, optionalString } from './input.ts';

/** One page of records ordered by id; the marker is the id the next page starts after. */
export function pageOf<T extends { id: string }>(records: T[], input: Input) {
  const limit = optionalInteger(input, 'Limit', 1000) ?? 100;
  const marker = optionalString(input, 'Marker');
  const after = marker === undefined ? undefined : Buffer.from(marker, 'base64url').toString('utf8');
  if (after !== undefined && !records.some(({ id }) => id === after)) {
    throw new AwsError('InvalidMarkerException', 'The marker is not valid.');
  }
  const remaining = records.filter(({ id }) => after === undefined || id > after);
  const page = remaining.slice(0, limit);
  const last = page.at(-1);
  const truncated = remaining.length > limit;
  const next =
    truncated && last !== undefined ? { NextMarker: Buffer.from(last.id).toString('base64url') } : {};
  return { page, paging: { Truncated: truncated, ...next } };
}
