import { createHash, createHmac } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The least that a gateway does: signs, asks, and words each event anew. It meters, checks and retries nothing, so
 * nothing in front of Bedrock over `node:http` can be much faster. Its first argument is the port of the stubs.
 */

const upstream = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

const scopeOf = (day: string) => `${day}/us-east-1/bedrock/aws4_request`;
let keyDay = '';
let signingKey: Buffer = Buffer.alloc(0);

function sign(path: string, body: string): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  if (day !== keyDay) {
    keyDay = day;
    const parts = [day, 'us-east-1', 'bedrock', 'aws4_request'];
    signingKey = parts.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from('AWS4local'));
  }
  const host = `127.0.0.1:${upstream}`;
  const headers = `content-type:application/json\nhost:${host}\nx-amz-date:${time}\n`;
  const names = 'content-type;host;x-amz-date';
  const canonical = `POST\n${path.replaceAll('%', '%25')}\n\n${headers}\n${names}\n${sha256(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${scopeOf(day)}\n${sha256(canonical)}`;
  const signature = hmac(signingKey, toSign).toString('hex');
  return {
    'content-type': 'application/json',
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=local/${scopeOf(day)}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

interface ChatBody {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string }[];
}

function ask({ model, messages }: ChatBody, answered: (response: IncomingMessage) => void): void {
  const path = `/model/${encodeURIComponent(model)}/converse-stream`;
  const body = JSON.stringify({
    messages: messages.map(({ role, content }) => ({ role, content: [{ text: content }] })),
  });
  request(
    {
      host: '127.0.0.1',
      port: upstream,
      path,
      agent,
      method: 'POST',
      headers: { ...sign(path, body), 'content-length': Buffer.byteLength(body) },
    },
    answered,
  ).end(body);
}

interface StreamEvent {
  delta?: { text?: string };
  stopReason?: string;
  usage?: { inputTokens: number; outputTokens: number };
}

/** @returns the events of the whole frames, and what is left of the bytes */
function read(bytes: Buffer): { events: StreamEvent[]; rest: Buffer } {
  const events: StreamEvent[] = [];
  let at = 0;
  while (bytes.length - at >= 12) {
    const total = bytes.readUInt32BE(at);
    if (bytes.length - at < total) break;
    const start = at + 12 + bytes.readUInt32BE(at + 4);
    events.push(JSON.parse(bytes.toString('utf8', start, at + total - 4)));
    at += total;
  }
  return { events, rest: bytes.subarray(at) };
}

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  request.on('end', () => {
    const body = JSON.parse(text) as ChatBody;
    const head = { id: 'chatcmpl-1', created: Math.floor(Date.now() / 1000), model: body.model };
    let rest: Buffer = Buffer.alloc(0);
    let answer = '';
    if (body.stream) response.writeHead(200, { 'content-type': 'text/event-stream' });
    ask(body, (upstreamAnswer) => {
      upstreamAnswer.on('data', (bytes: Buffer) => {
        const got = read(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]));
        rest = got.rest;
        let out = '';
        for (const { delta, stopReason } of got.events) {
          if (!body.stream) answer += delta?.text ?? '';
          else if (delta?.text !== undefined || stopReason !== undefined) {
            const choice = {
              index: 0,
              delta: delta?.text === undefined ? {} : { content: delta.text },
              finish_reason: stopReason === undefined ? null : 'stop',
            };
            out += `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [choice] })}\n\n`;
          }
        }
        if (out !== '') response.write(out);
      });
      upstreamAnswer.on('end', () => {
        if (body.stream) return void response.end('data: [DONE]\n\n');
        const message = { role: 'assistant', content: answer };
        const choices = [{ index: 0, message, finish_reason: 'stop' }];
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ...head, object: 'chat.completion', choices }));
      });
    });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
// Ends with the measurement, however that ends.
process.once('disconnect', () => process.exit());
