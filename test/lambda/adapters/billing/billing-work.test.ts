import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AskedBilling } from '../../../../core/billing/ports.ts';
import { slowRouteRunsMs } from '../../../../core/contract/route-time.ts';
import { useAwsAt } from '../start-aws.ts';

/** Lambda's API, as it is about to answer. */
let answer: RequestListener;
let server: Server;
let billing: AskedBilling;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  useAwsAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
beforeEach(async () => {
  const adapter = await import('../../../../lambda/adapters/billing/billing-work.ts');
  const created = adapter.createBillingWork('Daypass-billing');
  if (created === undefined) throw new Error('billing is set');
  billing = created;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const unavailable = expect.objectContaining({ code: 'service_unavailable' });

test('what was answered runs no longer, even if it failed', async () => {
  answer = (_request, response) => response.end('{"done":true}');
  await billing.finish('u1');
  answer = (_request, response) => response.setHeader('x-amz-function-error', 'Unhandled').end('{}');
  await expect(billing.finish('u1')).rejects.toEqual(unavailable);
  answer = (_request, response) => response.writeHead(429).end('{}');
  await expect(billing.end('u1')).rejects.toEqual(unavailable);
  expect(billing.runsUntil()).toBe(0);
});

test('what was not answered may run on for as long as the function can', async () => {
  answer = (request) => request.socket.destroy();
  const askedAt = Date.now();
  await expect(billing.finish('u1')).rejects.toEqual(unavailable);
  const { runsUntil } = billing;
  expect(runsUntil()).toBeGreaterThanOrEqual(askedAt + slowRouteRunsMs);
  expect(runsUntil()).toBeLessThanOrEqual(Date.now() + slowRouteRunsMs);
  const known = runsUntil();
  answer = (_request, response) => response.end('{"done":true}');
  await billing.finish('u2');
  expect(runsUntil()).toBe(known);
});
