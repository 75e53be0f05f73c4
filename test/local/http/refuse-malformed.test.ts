import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { malformedJson, refuseMalformed } from '../../../local/http/refuse-malformed.ts';

const server = createServer((_request, response) => void response.write('begun'));
server.on('clientError', refuseMalformed(malformedJson));
let port: number;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** All that comes back for these bytes until the connection ends. */
async function answerTo(...parts: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
    const next = parts.shift();
    if (next !== undefined) socket.write(next);
  });
  socket.on('error', () => {});
  socket.write(parts.shift() ?? '');
  await once(socket, 'close');
  return answer;
}

test.each([
  ['bytes that aren’t HTTP', '\x00\x01\x02\r\n\r\n', 400],
  ['a broken header', 'GET / HTTP/1.1\r\nhost: a\r\nb ad: 1\r\n\r\n', 400],
  ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
  ['a head of 20 kB', `GET / HTTP/1.1\r\nhost: a\r\nauthorization: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
])('%s is refused in the common error shape', async (_name, bytes, status) => {
  const [head = '', body = ''] = (await answerTo(bytes)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(body)).toEqual({
    error: {
      message: expect.any(String),
      type: 'invalid_request_error',
      code: 'invalid_request',
      param: null,
    },
  });
});

test('an answer under way is cut off, with nothing written into it', async () => {
  const answer = await answerTo('GET / HTTP/1.1\r\nhost: a\r\n\r\n', '\x00\x01\r\n\r\n');
  expect(answer).toContain('begun');
  expect(answer).not.toContain('invalid_request');
});
