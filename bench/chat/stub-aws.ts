import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

/**
 * DynamoDB and Bedrock as fast as they can be stubbed: a process of its own. The length of an answer is that of its
 * question, `say 50` or `say 50 every 20` (milliseconds).
 */

function frame(type: string, payload: object): Buffer {
  const header = (name: string, value: string) => {
    const head = Buffer.from([name.length, ...Buffer.from(name), 7, 0, value.length]);
    return Buffer.concat([head, Buffer.from(value)]);
  };
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const whole = Buffer.alloc(16 + headers.length + body.length);
  whole.writeUInt32BE(whole.length, 0);
  whole.writeUInt32BE(headers.length, 4);
  whole.writeUInt32BE(crc32(whole.subarray(0, 8)), 8);
  headers.copy(whole, 12);
  body.copy(whole, 12 + headers.length);
  whole.writeUInt32BE(crc32(whole.subarray(0, -4)), whole.length - 4);
  return whole;
}

/** Different ones, since a gateway may take many equal pieces for a model that has gone wrong. */
const texts = [' word', ' more', ' then', ' some', ' text'].map((text) =>
  frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text }, p: 'abcdefgh' }),
);
const opening = frame('messageStart', { role: 'assistant' });
const closing = (tokens: number) =>
  Buffer.concat([
    frame('contentBlockStop', { contentBlockIndex: 0 }),
    frame('messageStop', { stopReason: 'end_turn' }),
    frame('metadata', { usage: { inputTokens: 20, outputTokens: tokens, totalTokens: 20 + tokens } }),
  ]);
const framesAWrite = texts.length;

/** @param everyMs time between tokens, which then come one a write */
function stream(response: ServerResponse, tokens: number, everyMs: number): void {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.write(opening);
  if (everyMs > 0) {
    let sent = 0;
    const timer = setInterval(() => {
      response.write(texts[sent % texts.length]);
      if (++sent < tokens) return;
      clearInterval(timer);
      response.end(closing(tokens));
    }, everyMs);
    return;
  }
  for (let sent = 0; sent < tokens; sent += framesAWrite) {
    response.write(Buffer.concat(texts.slice(0, tokens - sent)));
  }
  response.end(closing(tokens));
}

function whole(response: ServerResponse, tokens: number): void {
  json(response, 'application/json', {
    output: { message: { role: 'assistant', content: [{ text: ' word'.repeat(tokens) }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 20, outputTokens: tokens, totalTokens: 20 + tokens },
    metrics: { latencyMs: 1 },
  });
}

function json(response: ServerResponse, type: string, answer: object): void {
  const body = JSON.stringify(answer);
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const far = String(Number.MAX_SAFE_INTEGER);
const item = (apiKeyId: string) => ({
  status: { S: 'active' },
  values: { M: { [apiKeyId]: { N: far } } },
  userId: { S: 'u-1' },
  keyId: { S: 'key_1' },
  plan: { S: 'free' },
  limits: { M: { day: { N: '1000000000' } } },
  // A key of this name has used most of its day.
  [`day-${new Date().toISOString().slice(0, 10)}`]: {
    N: apiKeyId.startsWith('nearly') ? '990000000' : '10000000',
  },
  charged: { SS: ['abc:def'] },
});

const answers: Record<string, (input: { RequestItems?: object; Key?: { pk: { S: string } } }) => object> = {
  UpdateItem: ({ Key }) => ({ Attributes: item(Key?.pk.S.slice('APIKEY#'.length) ?? '') }),
  PutItem: () => ({}),
  TransactWriteItems: () => ({}),
  BatchGetItem: ({ RequestItems = {} }) => ({
    Responses: Object.fromEntries(Object.keys(RequestItems).map((name) => [name, []])),
    UnprocessedKeys: {},
  }),
};
const counts: Record<string, number> = { writeUnits: 0 };

/** Of items under a kilobyte: one for a write, one more for a line in the index of calls, and two for each write of a transaction. */
function unitsOf(operation: string, body: string): number {
  if (operation === 'PutItem') return body.includes('"callsOn"') ? 2 : 1;
  if (operation !== 'TransactWriteItems') return operation === 'UpdateItem' ? 1 : 0;
  return 2 * (JSON.parse(body) as { TransactItems: object[] }).TransactItems.length;
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    body += piece;
  });
  request.on('end', () => {
    if (request.url === '/counts') return void response.end(JSON.stringify(counts));
    const operation = String(request.headers['x-amz-target'] ?? 'x.Converse').split('.')[1] ?? '';
    counts[operation] = (counts[operation] ?? 0) + 1;
    counts.writeUnits = (counts.writeUnits ?? 0) + unitsOf(operation, body);
    const answer = answers[operation];
    if (answer !== undefined) {
      return json(response, 'application/x-amz-json-1.0', answer(JSON.parse(body)));
    }
    const [, tokens = '1', everyMs = '0'] = /say (\d+)(?: every (\d+))?/.exec(body) ?? [];
    if (request.url?.endsWith('/converse')) return whole(response, Number(tokens));
    stream(response, Number(tokens), Number(everyMs));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
// Ends with the measurement, however that ends.
process.once('disconnect', () => process.exit());
