import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiBehavior, edgeStarter, rawRequest, siteBehavior } from './start-edge.ts';

const edges = edgeStarter();
afterEach(() => edges.stopAll());

const withPolicy = (policy: object, originHeaders: Record<string, string> = {}) => ({
  files: { 'index.html': 'home' },
  responseHeadersPolicies: { policy: { ResponseHeadersPolicyConfig: { ...policy } } },
  origin: (_incoming: IncomingMessage, outgoing: ServerResponse) =>
    void outgoing.writeHead(200, originHeaders).end(),
  config: {
    CacheBehaviors: [{ ...apiBehavior, ResponseHeadersPolicyId: 'policy' }],
    DefaultCacheBehavior: { ...siteBehavior, ResponseHeadersPolicyId: 'policy' },
  },
});

describe('response headers policies', () => {
  test('add the security headers, refusals included', async () => {
    const setup = withPolicy({
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: {
          AccessControlMaxAgeSec: 60,
          IncludeSubdomains: true,
          Preload: true,
          Override: true,
        },
        XSSProtection: { Protection: true, ModeBlock: true, Override: true },
      },
    });
    const { port } = await edges.start(setup);
    for (const answer of [
      await rawRequest(port, '/index.html'),
      await rawRequest(port, '/none'),
      await rawRequest(port, '/index.html', { method: 'DELETE' }),
    ])
      expect(answer.headers).toMatchObject({
        'content-security-policy': "default-src 'self'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=60; includeSubDomains; preload',
        'x-xss-protection': '1; mode=block',
      });
  });

  test('remove first, then add, and without override keep the origin’s value', async () => {
    const setup = withPolicy(
      {
        RemoveHeadersConfig: { Items: [{ Header: 'X-Gone' }, { Header: 'x-again' }] },
        CustomHeadersConfig: {
          Items: [
            { Header: 'x-kept', Value: 'policy', Override: false },
            { Header: 'x-replaced', Value: 'policy', Override: true },
            { Header: 'x-again', Value: 'policy', Override: false },
          ],
        },
      },
      { 'x-gone': '1', 'x-kept': 'origin', 'x-replaced': 'origin', 'x-again': 'origin' },
    );
    const { port } = await edges.start(setup);
    const { headers } = await rawRequest(port, '/v1/a');
    expect(headers).toMatchObject({ 'x-kept': 'origin', 'x-replaced': 'policy', 'x-again': 'policy' });
    expect(headers['x-gone']).toBeUndefined();
  });

  const cors = (OriginOverride: boolean, origins: string[]) => ({
    CorsConfig: {
      AccessControlAllowCredentials: false,
      AccessControlAllowHeaders: { Items: ['x-api-key'] },
      AccessControlAllowMethods: { Items: ['ALL'] },
      AccessControlAllowOrigins: { Items: origins },
      AccessControlExposeHeaders: { Items: ['x-request-id'] },
      AccessControlMaxAgeSec: 600,
      OriginOverride,
    },
  });
  const origin = 'https://app.example.com';

  test('add CORS for requests with an Origin, and methods and headers for preflights', async () => {
    const { port } = await edges.start(withPolicy(cors(true, ['*'])));
    expect((await rawRequest(port, '/v1/a')).headers['access-control-allow-origin']).toBeUndefined();
    const simple = await rawRequest(port, '/v1/a', { headers: { origin } });
    expect(simple.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'x-request-id',
    });
    expect(simple.headers['access-control-allow-methods']).toBeUndefined();
    const preflight = await rawRequest(port, '/v1/a', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-headers': 'x-api-key',
      'access-control-allow-methods': 'GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS',
      'access-control-max-age': '600',
    });
  });

  test.each([
    ['app.example.com', true],
    ['*.example.com', true],
    ['https://*.example.com', true],
    ['http://app.example.com', false],
    ['example.com', false],
    ['appxexample.com', false],
  ])('origin pattern %s: %s', async (pattern, allowed) => {
    const { port } = await edges.start(withPolicy(cors(true, [pattern])));
    const { headers } = await rawRequest(port, '/v1/a', { headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe(allowed ? origin : undefined);
    expect(headers.vary).toBe(allowed ? 'Origin' : undefined);
  });

  test("one CORS header of the origin suppresses the policy's, unless it overrides", async () => {
    const own = { 'access-control-allow-origin': 'https://own' };
    const kept = await edges.start(withPolicy(cors(false, ['*']), own));
    const { headers } = await rawRequest(kept.port, '/v1/a', { headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe('https://own');
    expect(headers['access-control-expose-headers']).toBeUndefined();
    const replaced = await edges.start(withPolicy(cors(true, ['*']), own));
    const answer = await rawRequest(replaced.port, '/v1/a', { headers: { origin } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });
});
