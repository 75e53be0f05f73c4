import type { APIGatewayProxyEvent } from 'aws-lambda';
import { DaypassError } from '../../core/errors.ts';

/**
 * The body's bytes as they were sent, for what is signed. API Gateway hands text on as text, in UTF-8.
 * @throws DaypassError `payload_too_large`
 */
export function readRawBody({ body, isBase64Encoded }: APIGatewayProxyEvent, maxBytes: number): Buffer {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length <= maxBytes) return bytes;
  throw new DaypassError('payload_too_large', `The body must have at most ${maxBytes} bytes.`);
}
