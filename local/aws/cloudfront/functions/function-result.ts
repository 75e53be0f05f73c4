import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { HeaderMap } from '../header-map.ts';
import type { EdgeRequest, EdgeResponse } from '../messages.ts';
import { type FunctionEventType, isHidden, isReadOnly } from './function-headers.ts';
import {
  type FunctionEvent,
  type FunctionResponse,
  type FunctionValue,
  functionRequest,
  functionResponse,
} from './function-message.ts';

/** A function gave back what CloudFront doesn't accept; the viewer gets a 502. */
export class FunctionValidationError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'FunctionValidationError';
  }
}

/** Tells a response from a request the way CloudFront does: only a response has a status code. */
export const isResponse = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'statusCode' in result;

/** The request as the function changed it. What it left alone stays byte for byte as the viewer sent it. */
export function changedRequest(request: EdgeRequest, event: FunctionEvent, result: unknown): EdgeRequest {
  // Read the same way, since reading leaves a member named `__proto__` out.
  const before = parse(functionRequest, event.request);
  const after = parse(functionRequest, result);
  if (after.method !== before.method) throw new FunctionValidationError('the method is read-only');
  const headers = changedHeaders(request.headers, before.headers, after.headers, 'viewer-request');
  if (!isDeepStrictEqual(before.cookies, after.cookies)) {
    const cookies = pairs(after.cookies).join('; ');
    if (cookies === '') headers.delete('cookie');
    else headers.set('cookie', [cookies]);
  }
  return { ...request, path: after.uri, query: changedQuery(request.query, before, after), headers };
}

/** A response made by a viewer-request function. */
export function generatedResponse(result: unknown): EdgeResponse {
  const { statusCode, headers, cookies, body } = parse(functionResponse, result);
  const content = bodyOf(body);
  const sent = changedHeaders(new Map(), {}, headers, 'viewer-response');
  addCookies(sent, cookies);
  sent.set('content-length', [String(content.length)]);
  sent.set('server', ['CloudFront']);
  return { status: statusCode, headers: sent, body: content, cacheResult: 'FunctionGeneratedResponse' };
}

/** The response as a viewer-response function changed it; it sees and sets no body. */
export function changedResponse(response: EdgeResponse, event: FunctionEvent, result: unknown): EdgeResponse {
  const after = parse(functionResponse, result);
  const before = event.response;
  const headers = changedHeaders(response.headers, before?.headers ?? {}, after.headers, 'viewer-response');
  if (!isDeepStrictEqual(before?.cookies, after.cookies)) {
    headers.delete('set-cookie');
    addCookies(headers, after.cookies);
  }
  return { ...response, status: after.statusCode, headers };
}

function changedHeaders(
  original: HeaderMap,
  before: Readonly<Record<string, FunctionValue>>,
  after: Readonly<Record<string, FunctionValue>>,
  eventType: FunctionEventType,
): HeaderMap {
  const headers = new Map(original);
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (isDeepStrictEqual(before[name], value)) continue;
    if (name !== name.toLowerCase())
      throw new FunctionValidationError(`header name ${name} is not lower-case`);
    if (isHidden(name)) throw new FunctionValidationError(`header ${name} is not allowed`);
    if (isReadOnly(name, eventType)) throw new FunctionValidationError(`header ${name} is read-only`);
    if (value === undefined) headers.delete(name);
    else headers.set(name, valuesOf(value));
  }
  return headers;
}

function changedQuery(
  original: string,
  before: FunctionEvent['request'],
  { querystring }: FunctionEvent['request'],
): string {
  if (isDeepStrictEqual(before.querystring, querystring)) return original;
  return typeof querystring === 'string' ? querystring : pairs(querystring).join('&');
}

function addCookies(headers: HeaderMap, cookies: FunctionResponse['cookies']): void {
  const lines = Object.entries(cookies).flatMap(([name, cookie]) =>
    (cookie.multiValue ?? [cookie]).map(({ value, attributes }) =>
      [`${name}=${value}`, ...(attributes ? [attributes] : [])].join('; '),
    ),
  );
  if (lines.length > 0) headers.set('set-cookie', lines);
}

function pairs(values: Readonly<Record<string, FunctionValue>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => valuesOf(value).map((each) => `${name}=${each}`));
}

function valuesOf({ value, multiValue }: FunctionValue): string[] {
  return multiValue?.map((each) => each.value) ?? [value];
}

function bodyOf(body: FunctionResponse['body']): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return typeof body === 'string'
    ? Buffer.from(body)
    : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8');
}

function parse<T>(schema: z.ZodType<T>, result: unknown): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FunctionValidationError(`${issue?.path.join('.')}: ${issue?.message}`);
}
