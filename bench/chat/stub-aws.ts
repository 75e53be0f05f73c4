import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

/** DynamoDB and Bedrock as fast as they can be stubbed: a process of its own. `tokens` of the model's name is its length. */

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

const text = frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: ' word' }, p: 'abcdefgh' });
const opening = frame('messageStart', { role: 'assistant' });
const closing = (tokens: number) =>
  Buffer.concat([
    frame('contentBlockStop', { contentBlockIndex: 0 }),
    frame('messageStop', { stopReason: 'end_turn' }),
    frame('metadata', { usage: { inputTokens: 20, outputTokens: tokens, totalTokens: 20 + tokens } }),
  ]);
const framesAWrite = 5;

function stream(response: ServerResponse, tokens: number): void {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.write(opening);
  for (let sent = 0; sent < tokens; sent += framesAWrite) {
    response.write(Buffer.concat(Array(Math.min(framesAWrite, tokens - sent)).fill(text)));
  }
  response.end(closing(tokens));
}

const far = String(Number.MAX_SAFE_INTEGER);
const item = (apiKeyId: string) => ({
  status: { S: 'active' },
  values: { M: { [apiKeyId]: { N: far } } },
  userId: { S: 'u-1' },
  keyId: { S: 'key_1' },
  plan: { S: 'free' },
  limits: { M: { day: { N: '1000000000' } } },
  [`day-${new Date().toISOString().slice(0, 10)}`]: { N: '500000' },
  charged: { SS: ['abc:def'] },
});

const answers: Record<string, (input: { RequestItems?: object; Key?: { pk: { S: string } } }) => object> = {
  UpdateItem: ({ Key }) => ({ Attributes: item(Key?.pk.S.slice('APIKEY#'.length) ?? '') }),
  TransactWriteItems: () => ({}),
  BatchGetItem: ({ RequestItems = {} }) => ({
    Responses: Object.fromEntries(Object.keys(RequestItems).map((name) => [name, []])),
    UnprocessedKeys: {},
  }),
};
const counts: Record<string, number> = {};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    body += piece;
  });
  request.on('end', () => {
    if (request.url === '/counts') return void response.end(JSON.stringify(counts));
    const operation = String(request.headers['x-amz-target'] ?? 'x.ConverseStream').split('.')[1] ?? '';
    counts[operation] = (counts[operation] ?? 0) + 1;
    const answer = answers[operation];
    if (answer === undefined) return stream(response, Number(/say (\d+)/.exec(body)?.[1] ?? 1));
    const json = JSON.stringify(answer(JSON.parse(body)));
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(json),
    });
    response.end(json);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
