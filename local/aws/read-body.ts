import type { IncomingMessage } from 'node:http';
import { AwsError } from './service.ts';

/** The client left before its body was complete. */
export class RequestAborted extends Error {}

/**
 * @param limitBytes a longer body is read to its end without being kept, so that the client gets to see the 413
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else chunks = [];
    });
    request.once('end', () => {
      if (bytes <= limitBytes) resolve(Buffer.concat(chunks));
      else
        reject(new AwsError('RequestEntityTooLargeException', `The body is above ${limitBytes} bytes.`, 413));
    });
    request.once('error', () => reject(new RequestAborted()));
    // After each whole body, too, when an error would be made for nobody.
    request.once('close', () => request.readableEnded || reject(new RequestAborted()));
  });
}
