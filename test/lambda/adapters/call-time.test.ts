import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toErrorAnswer } from '../../../lambda/http/error-answer.ts';
import { useAwsAt } from './start-aws.ts';

type Answer = (incoming: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let answer: Answer;
const calls: string[] = [];

beforeAll(async () => {
  server = createServer((incoming, response) => {
    calls.push(incoming.url ?? '');
    answer(incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  useAwsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const hang: Answer = () => {};
const throttle: Answer = (_incoming, response) =>
  void response
    .writeHead(429, { 'x-amzn-errortype': 'TooManyRequestsException', 'content-type': 'application/json' })
    .end('{}');
const succeed: Answer = (_incoming, response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"item":[]}');

async function open() {
  const { within } = await import('../../../lambda/adapters/call-time.ts');
  const { createApiGatewayKeys } = await import('../../../lambda/adapters/api-gateway-keys.ts');
  return { within, gateway: createApiGatewayKeys('records') };
}

/** How an answer that does not come would be told. */
const refusalOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    (error: unknown) => toErrorAnswer(error, 'r1'),
  );
const unavailable = { statusCode: 503, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } };

test.each([
  ['hangs', hang],
  ['throttles', throttle],
])('a call to a service that %s ends with the time there is, as a 503', async (_how, how) => {
  answer = how;
  const { within, gateway } = await open();
  expect(await refusalOf(within(300, () => gateway.delete('a')))).toMatchObject(unavailable);
});

test('once the time is over nothing is called any more', async () => {
  answer = hang;
  const { within, gateway } = await open();
  let later: Promise<unknown> = Promise.resolve();
  await refusalOf(
    within(500, () =>
      gateway.delete('before').catch((error: unknown) => {
        answer = succeed;
        later = refusalOf(gateway.delete('after'));
        throw error;
      }),
    ),
  );
  expect(await later).toMatchObject(unavailable);
  expect(calls).toContain('/apikeys/before');
  expect(calls).not.toContain('/apikeys/after');
});

test('time that is kept for undoing begins when the rest is used up', async () => {
  answer = hang;
  const { within, gateway } = await open();
  const undone = within(100, () =>
    gateway.delete('a').catch(() => {
      answer = succeed;
      return within(5_000, () => gateway.findIdByName('a').then(() => 'undone'));
    }),
  );
  expect(await undone).toBe('undone');
});

test('a service’s own refusal is told as it is', async () => {
  answer = (_incoming, response) =>
    void response
      .writeHead(400, { 'x-amzn-errortype': 'BadRequestException', 'content-type': 'application/json' })
      .end('{"message":"no"}');
  const { within, gateway } = await open();
  await expect(within(5_000, () => gateway.delete('a'))).rejects.toMatchObject({
    name: 'BadRequestException',
  });
});
