import { pipeline, Readable } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { EdgeResponse } from './edge-request.ts';
import { append, type HeaderMap, joined } from './header-map.ts';

type Encoding = 'br' | 'gzip';

/** CloudFront compresses between these sizes only, and only when it knows the size beforehand. */
const smallestBytes = 1_000;
const largestBytes = 10_000_000;

/** From "File types that CloudFront compresses"; event streams aren't among them. */
const compressible = new Set([
  'application/javascript',
  'application/json',
  'application/manifest+json',
  'application/vnd.api+json',
  'application/wasm',
  'application/x-javascript',
  'application/xhtml+xml',
  'application/xml',
  'application/rss+xml',
  'font/otf',
  'font/ttf',
  'image/svg+xml',
  'image/vnd.microsoft.icon',
  'image/x-icon',
  'text/css',
  'text/csv',
  'text/html',
  'text/javascript',
  'text/js',
  'text/markdown',
  'text/plain',
  'text/richtext',
  'text/xml',
]);

/**
 * @param allowed what the behaviour's cache policy allows, best first
 * @param viewer the viewer's request headers
 */
export function compressed(
  response: EdgeResponse,
  allowed: readonly Encoding[],
  viewer: HeaderMap,
): EdgeResponse {
  const encoding = allowed.find((candidate) => accepts(joined(viewer, 'accept-encoding') ?? '', candidate));
  if (encoding === undefined || response.body === undefined || !isWorthwhile(response)) return response;
  const headers = new Map(response.headers);
  headers.delete('content-length');
  headers.delete('accept-ranges');
  headers.set('content-encoding', [encoding]);
  append(headers, 'vary', 'Accept-Encoding');
  const etag = joined(headers, 'etag');
  if (etag !== undefined && !etag.startsWith('W/')) headers.set('etag', [`W/${etag}`]);
  return { ...response, headers, body: encode(response.body, encoding) };
}

function isWorthwhile({ status, headers }: EdgeResponse): boolean {
  const type = (joined(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const sizeBytes = Number(joined(headers, 'content-length') ?? 0);
  return (
    [200, 403, 404].includes(status) &&
    !headers.has('content-encoding') &&
    compressible.has(type) &&
    sizeBytes >= smallestBytes &&
    sizeBytes <= largestBytes
  );
}

function encode(body: Readable | Buffer, encoding: Encoding): Readable {
  const encoder =
    encoding === 'br'
      ? // Quality 11, zlib's default, takes seconds for a megabyte.
        createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : createGzip();
  pipeline(Buffer.isBuffer(body) ? Readable.from([body]) : body, encoder, () => {});
  return encoder;
}

function accepts(header: string, encoding: Encoding): boolean {
  return header.split(',').some((item) => {
    const [name, ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return (
      (name === encoding || name === '*') && !parameters.some((parameter) => /^q=0(\.0+)?$/.test(parameter))
    );
  });
}
