/**
 * Loaded before our tests (`node --import`): writes what AWS's clients asked of this process, and what it answered, to
 * the folder that DAYPASS_RECORD_ANSWERS names.
 */
import { appendFileSync } from 'node:fs';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';

const folder = process.env.DAYPASS_RECORD_ANSWERS;

if (folder !== undefined) {
  const file = join(folder, `${process.pid}.ndjson`);
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    if (event === 'request') record(args[0] as IncomingMessage, args[1] as ServerResponse, file);
    return Reflect.apply(emit, this, [event, ...args]) as boolean;
  };
}

function record(request: IncomingMessage, response: ServerResponse, file: string): void {
  const { authorization, 'x-amz-target': target, 'content-type': requestType } = request.headers;
  if (authorization?.startsWith('AWS4-HMAC-SHA256') !== true && target === undefined) return;
  const sent: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown) => {
    if (chunk instanceof Uint8Array) sent.push(Buffer.from(chunk));
    else if (typeof chunk === 'string')
      sent.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
  };
  const { write, end } = response;
  response.write = function (this: ServerResponse, ...args: unknown[]) {
    keep(args[0], args[1]);
    return (write as (...all: unknown[]) => boolean).apply(this, args);
  } as typeof write;
  response.end = function (this: ServerResponse, ...args: unknown[]) {
    keep(args[0], args[1]);
    return (end as (...all: unknown[]) => ServerResponse).apply(this, args);
  } as typeof end;
  response.once('finish', () => {
    const exchange = {
      service: /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(authorization ?? '')?.[1],
      target,
      requestType,
      method: request.method,
      url: request.url,
      status: response.statusCode,
      contentType: response.getHeader('content-type'),
      errorType: response.getHeader('x-amzn-errortype'),
      body: Buffer.concat(sent).toString(),
    };
    appendFileSync(file, `${JSON.stringify(exchange)}\n`);
  });
}
