import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { AwsRequest } from '../../../../local/aws/service.ts';
import { poolId, type RunningCognito, refusalOf, startCognito } from './start-cognito.ts';

let running: RunningCognito;
beforeAll(async () => {
  running = await startCognito();
});
afterAll(() => running.close());

const target = (name: string) => `AWSCognitoIdentityProviderService.${name}`;
async function post(operation: string, body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(running.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target(operation),
      ...headers,
    },
    body,
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as { __type?: string; message?: string },
  };
}

describe('the wire protocol', () => {
  test('an error carries its type in body and header, and a request id', async () => {
    const { status, headers, body } = await post(
      'ChangePassword',
      '{"AccessToken":"x","PreviousPassword":"xx","ProposedPassword":"xx"}',
    );
    expect(status).toBe(400);
    expect(body).toEqual({ __type: 'NotAuthorizedException', message: 'Invalid Access Token' });
    expect(headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:');
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('an unsupported operation is named', async () => {
    const call = new CreateUserPoolCommand({ PoolName: 'x' });
    expect(await refusalOf(running.client.send(call))).toBe(
      'UnknownOperationException: CreateUserPool is not supported by the local Cognito stand-in.',
    );
  });

  test("an administrator's operation needs a signature, a user's does not", async () => {
    const unsigned = await post('ListUsers', JSON.stringify({ UserPoolId: poolId }));
    expect(unsigned.body).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    const signed = await post('ListUsers', JSON.stringify({ UserPoolId: poolId }), {
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/cognito-idp/aws4_request',
    });
    expect(signed.body).toEqual({ Users: [] });
  });

  test.each([
    ['no JSON', 'x', 'SerializationException'],
    ['a list', '[]', 'SerializationException'],
    ['null', 'null', 'SerializationException'],
    ['a number for a string', '{"ClientId":1,"Username":"a","Password":"b"}', 'SerializationException'],
    ['nothing', '', 'InvalidParameterException'],
    ['an unusual prototype', '{"__proto__":{"ClientId":"x"}}', 'InvalidParameterException'],
    ['20,000 levels', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'SerializationException'],
    [
      'a prototype for attributes',
      '{"ClientId":"client1example","Username":"a@b.co","Password":"Aa1!aaaaaaaa","UserAttributes":[{"Name":"__proto__","Value":"x"}]}',
      'NotAuthorizedException',
    ],
  ])('a body of %s is refused and causes no internal error', async (_, body, type) => {
    const answer = await post('SignUp', body);
    expect([answer.status, answer.body.__type]).toEqual([400, type]);
  });

  test('a dispatcher can recognise our unsigned requests and their operations', () => {
    const request = (change: Partial<AwsRequest>) =>
      ({ method: 'POST', path: '/', headers: {}, ...change }) as AwsRequest;
    const { cognito } = running;
    const signUp = request({ headers: { 'x-amz-target': target('SignUp') } });
    expect([cognito.takesUnsigned(signUp), cognito.operationName(signUp)]).toEqual([true, 'SignUp']);
    const keys = `/${poolId}/.well-known/jwks.json`;
    expect(cognito.takesUnsigned(request({ method: 'GET', path: keys }))).toBe(true);
    expect(cognito.takesUnsigned(request({ method: 'POST', path: keys }))).toBe(false);
    expect(cognito.takesUnsigned(request({ headers: { 'x-amz-target': 'TrentService.Encrypt' } }))).toBe(
      false,
    );
    expect(cognito.operationName(request({}))).toBeUndefined();
  });
});
