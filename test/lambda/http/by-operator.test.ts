import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { whoActs } from '../../../lambda/acting.ts';
import { byOperatorToo } from '../../../lambda/http/by-operator.ts';

const context = { awsRequestId: 'lambda-1' } as Context;

/** Answers as whom it was called, and with what. */
const handler = byOperatorToo(async (event) => ({ who: whoActs(), event }), {
  '/operator/own': async () => 'own',
});
const call = async (event: unknown) =>
  (await handler(event, context)) as { who: ReturnType<typeof whoActs>; event: APIGatewayProxyEvent };

const invoked = {
  operator: 'operator:ada',
  method: 'PATCH',
  resource: '/v1/admin/users/{id}',
  id: 'a/b',
  body: { suspended: true },
};

test('an operator’s call is told as theirs, and comes in API Gateway’s form', async () => {
  const { who, event } = await call(invoked);
  expect(who).toEqual({ as: 'operator', actorId: 'operator:ada', address: null, requestId: 'lambda-1' });
  expect(event).toMatchObject({
    httpMethod: 'PATCH',
    resource: '/v1/admin/users/{id}',
    pathParameters: { id: 'a%2Fb' },
    body: '{"suspended":true}',
  });
  expect(whoActs().as).toBe('system');
});

test.each([
  ['with a field of that name', { ...invoked, requestContext: { identity: {} } }],
  [
    'with a header, query or body that says so',
    {
      httpMethod: 'GET',
      headers: { operator: 'ada' },
      queryStringParameters: { operator: 'ada' },
      body: '{"operator":"ada"}',
      requestContext: { identity: {} },
    },
  ],
  ['with a name that is no text', { ...invoked, operator: { as: 'operator' } }],
])('a call through API Gateway is no operator’s: %s', async (_what, event) => {
  expect((await call(event)).who.as).toBe('system');
});

test('what operators alone may call is not there for others', async () => {
  const resource = '/operator/own';
  expect(await handler({ ...invoked, resource }, context)).toBe('own');
  expect(await call({ resource, requestContext: {} })).toMatchObject({ who: { as: 'system' } });
});

test('a name of any length is cut', async () => {
  expect((await call({ ...invoked, operator: 'x'.repeat(1000) })).who.actorId).toHaveLength(128);
});
