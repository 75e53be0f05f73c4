import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { toApiRequest } from '../../../lambda/http/api-request.ts';
import { proxyEvent, requestContext } from './proxy-event.ts';

const invocation = { awsRequestId: 'invocation-1' } as Context;
const requestOf = (event: APIGatewayProxyEvent) => toApiRequest(event, invocation);
const idOf = (id: string) => requestOf(proxyEvent({ pathParameters: { id } })).pathParameters.id;

test('path parameters are percent-decoded, once', () => {
  expect(idOf('nova-lite')).toBe('nova-lite');
  expect(idOf('openai%2Fgpt%204')).toBe('openai/gpt 4');
  expect(idOf('%C3%A9')).toBe('é');
  expect(idOf('a%252Fb')).toBe('a%2Fb');
  expect(idOf('a+b')).toBe('a+b');
});

test.each(['%', '%2', '%zz', '%C3', '%ff'])(
  'a path parameter that can’t be decoded is not found: %s',
  (id) => {
    expect(() => idOf(id)).toThrow(expect.objectContaining({ name: 'DaypassError', code: 'not_found' }));
  },
);

test.each([
  ['none', {}, ''],
  ['one header', { cookie: ['a=1; b=2'] }, 'a=1; b=2'],
  ['a header for each, as HTTP/2 may send them', { cookie: ['a=1', 'b=2'] }, 'a=1; b=2'],
])('cookies are joined to one text: %s', (_what, multiValueHeaders, expected) => {
  expect(requestOf(proxyEvent({ multiValueHeaders })).cookies).toBe(expected);
});

test('the caller is taken from what API Gateway has verified', () => {
  expect(requestOf(proxyEvent())).toMatchObject({
    id: 'request-1=',
    claims: undefined,
    apiKeyId: undefined,
    pathParameters: {},
  });
  const context = requestContext({ claims: { sub: 'ada' }, apiKeyId: 'k1' });
  expect(requestOf(proxyEvent({ requestContext: context }))).toMatchObject({
    claims: { sub: 'ada' },
    apiKeyId: 'k1',
  });
});

test('a call knows under which origin the console is, if it came through CloudFront, and where its stage is', () => {
  const edgeProof = randomBytes(24).toString('hex');
  const context = { ...requestContext(), domainName: 'a1.execute-api.example', stage: 'prod' };
  const baseOf = (host: string, proof: string) =>
    requestOf(
      proxyEvent({
        headers: { 'x-daypass-viewer-host': host, 'x-daypass-edge-proof': proof },
        stageVariables: { edgeProof },
        requestContext: context,
      }),
    ).base;
  const stage = 'https://a1.execute-api.example/prod';
  expect(baseOf('d1.cloudfront.net', edgeProof)).toEqual({ console: 'https://d1.cloudfront.net', stage });
  expect(baseOf('localhost:4000', edgeProof)).toEqual({ console: 'http://localhost:4000', stage });
  expect(baseOf('evil.example', 'a guess')).toEqual({ console: undefined, stage });
});

test('a call’s id is API Gateway’s or Lambda’s, never one that the caller can choose', () => {
  expect(requestOf(proxyEvent()).id).toBe('request-1=');
  const { extendedRequestId: _none, ...unnamed } = requestContext();
  expect(requestOf(proxyEvent({ requestContext: unnamed as never })).id).toBe('invocation-1');
});

test('the client address is the viewer’s if CloudFront proves itself by the stage’s secret, and handlers see no proof', () => {
  const edgeProof = randomBytes(24).toString('hex');
  const headers = {
    'x-daypass-viewer-address': '198.51.100.4',
    'x-daypass-edge-proof': edgeProof,
    referer: edgeProof,
    accept: '*/*',
  };
  const request = requestOf(proxyEvent({ headers, stageVariables: { edgeProof } }));
  expect(request).toMatchObject({ clientAddress: '198.51.100.4', headers: { accept: '*/*' } });
  expect(JSON.stringify(request)).not.toContain(edgeProof);
});

test.each([null, {}, { edgeProof: randomBytes(24).toString('hex') }])(
  'without such a secret the client address is the one that API Gateway saw: %#',
  (stageVariables) => {
    const headers = {
      'x-daypass-viewer-address': '198.51.100.4',
      'x-daypass-edge-proof': randomBytes(24).toString('hex'),
    };
    expect(requestOf(proxyEvent({ headers, stageVariables })).clientAddress).toBe('192.0.2.1');
  },
);
