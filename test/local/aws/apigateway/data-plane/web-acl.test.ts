import { createWaf } from '../../../../../local/aws/waf/waf.ts';
import { silentLog } from '../../../../../local/log.ts';
import { defineInFront, pathIs, rate, rule } from '../../waf/start-waf.ts';
import { type StartedGateway, startGateway, stillClock } from './start-gateway.ts';

let started: StartedGateway;
afterEach(() => started.close());

async function startBehind(rules: object[], enabled = true): Promise<void> {
  const clock = stillClock(Date.UTC(2026, 10, 22));
  const account = { region: 'us-east-1', accountId: '123456789012' };
  const waf = createWaf({ clock, log: silentLog, ...account, enabled });
  started = await startGateway({ clock, waf });
  started.method('POST', '/v1/login');
  started.method('POST', '/v1/chat', { ApiKeyRequired: true });
  defineInFront(waf, { Rules: rules }, `${started.apiId}/stages/prod`);
}

const post = (path: string) => fetch(`${started.url}${path}`, { method: 'POST' });

test('a call that the web ACL blocks gets 403 from API Gateway and reaches no function', async () => {
  await startBehind([rule('all', 0, pathIs('/login'))]);
  const answer = await post('/v1/login');
  expect(answer.status).toBe(403);
  expect(answer.headers.get('x-amzn-errortype')).toBe('ForbiddenException');
  expect(await answer.json()).toEqual({ message: 'Forbidden' });
  expect(started.events).toEqual([]);
  expect((await post('/v1/chat')).status).toBe(403);
});

test('the answer is the API’s own if it overrides WAF_FILTERED', async () => {
  await startBehind([rule('all', 0, pathIs('/login'))]);
  started.gateway.defineGatewayResponse('Filtered', {
    RestApiId: started.apiId,
    ResponseType: 'WAF_FILTERED',
    StatusCode: '429',
    ResponseParameters: { 'gatewayresponse.header.retry-after': "'300'" },
    ResponseTemplates: { 'application/json': '{"error":"slow down"}' },
  });
  const answer = await post('/v1/login');
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBe('300');
  expect(await answer.json()).toEqual({ error: 'slow down' });
});

test('rules come before routing and keys, and see unknown paths and invalid keys', async () => {
  await startBehind([rule('floods', 0, rate())]);
  const statuses = [];
  for (const path of Array.from({ length: 6 }, () => ['/v1/none', '/v1/chat']).flat())
    statuses.push((await post(path)).headers.get('x-amzn-errortype'));
  expect(statuses.slice(0, 2)).toEqual(['MissingAuthenticationTokenException', 'ForbiddenException']);
  expect(statuses.slice(10)).toEqual(['ForbiddenException', 'ForbiddenException']);
});

test('a path is inspected as it was sent, decoded as the rule says', async () => {
  await startBehind([rule('decoding', 0, pathIs('^/prod/v1/login$', ['URL_DECODE']))]);
  expect((await post('/v1/log%69n')).status).toBe(403);
});

test('moving the clock moves the windows', async () => {
  await startBehind([rule('floods', 0, rate())]);
  for (let at = 0; at < 10; at += 1) expect((await post('/v1/login')).status).toBe(200);
  expect((await post('/v1/login')).status).toBe(403);
  started.clock.moveTo(301);
  expect((await post('/v1/login')).status).toBe(200);
});

test('turned off, it blocks nothing', async () => {
  await startBehind([rule('all', 0, pathIs('.'))], false);
  expect((await post('/v1/login')).status).toBe(200);
});
