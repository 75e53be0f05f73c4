import type { ServerResponse } from 'node:http';
import type { Call } from './call.ts';

interface Head {
  status: number;
  headers: readonly (readonly [string, string])[];
  /** Used when `headers` has no content type of its own. */
  contentType: string;
}

const bodiless = (status: number) => status === 204 || status === 304;

/** Writes the status and headers, AWS's own included. A function's answer can't rename its call. */
export function writeHead(response: ServerResponse, call: Call, head: Head, contentLength?: number): void {
  const headers = head.headers.map(([name, value]): [string, string] =>
    name.toLowerCase() === 'x-amzn-requestid' ? [`x-amzn-Remapped-${name}`, value] : [name, value],
  );
  const own = new Set(headers.map(([name]) => name.toLowerCase()));
  const added: [string, string][] = [
    ['content-type', head.contentType],
    ['x-amzn-requestid', call.requestId],
    ['x-amz-apigw-id', call.extendedRequestId],
    ['x-amzn-trace-id', call.traceId],
  ];
  if (contentLength !== undefined && !bodiless(head.status))
    added.push(['content-length', String(contentLength)]);
  const pairs = [...headers, ...added.filter(([name]) => !own.has(name))];
  response.writeHead(
    head.status,
    pairs.flatMap(([name, value]) => [name, printable(value)]),
  );
}

export function writeAnswer(
  response: ServerResponse,
  call: Call,
  answer: Head & { body: string | Buffer },
): void {
  if (response.destroyed) return;
  writeHead(response, call, answer, Buffer.byteLength(answer.body));
  response.end(bodiless(answer.status) ? undefined : answer.body);
}

/** Mapped values can come out of a decoded query string; header values take no control characters. */
const printable = (value: string): string =>
  Array.from(value)
    .filter(
      (character) => character === '\t' || (character >= ' ' && character <= 'ÿ' && character !== '\u007f'),
    )
    .join('');
