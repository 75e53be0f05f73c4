import type { APIGatewayProxyEvent } from 'aws-lambda';
import { commonMessages, DaypassError } from '../../core/errors.ts';

export interface BodyLimits {
  maxBytes: number;
  maxDepth: number;
}

/** For our own routes; those of chat are in the settings. */
export const smallBody: BodyLimits = { maxBytes: 64 * 1024, maxDepth: 8 };

/**
 * Parses the JSON body. Size and depth are checked on the text, so that no body can exhaust memory or the stack.
 * @throws DaypassError `payload_too_large`, `unsupported_media_type`, `invalid_json`
 */
export function readJsonBody(event: APIGatewayProxyEvent, limits: BodyLimits): unknown {
  const text = decode(event);
  if (Buffer.byteLength(text) > limits.maxBytes) {
    throw new DaypassError('payload_too_large', `The body must have at most ${limits.maxBytes} bytes.`);
  }
  if (text.trim() === '') return undefined;
  requireUncompressed(event.headers['content-encoding'], text);
  requireJsonType(event.headers['content-type']);
  if (depthOf(text) > limits.maxDepth) {
    throw new DaypassError(
      'invalid_json',
      `The body must not be nested deeper than ${limits.maxDepth} levels.`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would quote the body.
    throw new DaypassError('invalid_json', 'The body is not valid JSON.');
  }
}

function decode(event: APIGatewayProxyEvent): string {
  if (event.body === null) return '';
  return event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
}

/** API Gateway passes a compressed body on as text, in which its bytes are lost. Gzip's first byte is not JSON. */
function requireUncompressed(encoding = 'identity', text: string): void {
  if (encoding.trim().toLowerCase() === 'identity' && !text.startsWith('\u001f')) return;
  throw new DaypassError(
    'unsupported_media_type',
    'The body is compressed. Send it as plain JSON, without `content-encoding`.',
  );
}

/** A form on another site can send text, or no type, without a preflight, but not JSON. */
function requireJsonType(contentType = ''): void {
  if (/^application\/(.+\+)?json\s*(;|$)/i.test(contentType)) return;
  throw new DaypassError('unsupported_media_type', commonMessages.unsupported_media_type);
}

/** The deepest nesting of brackets outside strings, found without recursion. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}

/** Looks for quotes alone: nearly all of a long body is in strings. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let escapes = 0;
    while (quote - escapes > from && text[quote - escapes - 1] === '\\') escapes += 1;
    if (escapes % 2 === 0) return quote;
    from = quote + 1;
  }
}
