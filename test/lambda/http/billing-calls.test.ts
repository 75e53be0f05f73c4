import type { Context } from 'aws-lambda';
import type { BillingRequest } from '../../../core/billing/ports.ts';
import { byFunctionsToo } from '../../../lambda/http/billing-calls.ts';
import { proxyEvent } from './proxy-event.ts';

const context = {} as Context;

function answering() {
  const seen: unknown[] = [];
  const handler = byFunctionsToo(
    async () => {
      seen.push('route');
      return { statusCode: 200 };
    },
    {
      end: async (userId) => void seen.push(['end', userId]),
      finish: async (userId) => void seen.push(['finish', userId]),
    },
  );
  return { seen, call: (event: unknown) => handler(event as BillingRequest, context) };
}

test.each(['end', 'finish'])('another function may ask to %s', async (billing) => {
  const { seen, call } = answering();
  expect(await call({ billing, userId: 'ada' })).toEqual({ done: true });
  expect(seen).toEqual([[billing, 'ada']]);
});

test('whatever a caller of the API sends, it is a call of a route', async () => {
  const { seen, call } = answering();
  const body = JSON.stringify({ billing: 'end', userId: 'ada' });
  await call(proxyEvent({ body, queryStringParameters: { billing: 'end' } }));
  await call({ ...proxyEvent({}), billing: 'end', userId: 'ada' });
  expect(seen).toEqual(['route', 'route']);
});

test('other work is refused, so that the caller’s intent stays', async () => {
  const { seen, call } = answering();
  await expect(call({ billing: 'toString', userId: 'ada' })).rejects.toThrow('no such billing work');
  expect(seen).toEqual([]);
});
