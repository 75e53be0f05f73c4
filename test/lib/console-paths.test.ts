import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { viewerRequestCode } from '../../lib/constructs/edge/viewer-request-function.ts';

interface EdgeResult {
  uri?: string;
  statusCode?: number;
  headers: Record<string, { value: string }>;
  body?: string;
}

const run = runInNewContext(`${viewerRequestCode('console-paths')}; handler`);

function handle(
  method: string,
  uri: string,
  headers: Record<string, string> = {},
  cookies: Record<string, { value: string }> = {},
): EdgeResult {
  const wrapped = Object.fromEntries(
    Object.entries({ host: 'd1.cloudfront.net', ...headers }).map(([name, value]) => [name, { value }]),
  );
  return run({ context: { requestId: 'edge-id' }, request: { method, uri, headers: wrapped, cookies } });
}

const errorOf = ({ body = '' }: EdgeResult) => JSON.parse(body).error;

test('every address of the console is its page, whatever the client accepts', async () => {
  const routes = await readFile(new URL('../../web/routes.tsx', import.meta.url), 'utf8');
  const paths = [...routes.matchAll(/(?:path: |[sS]creen\()'(\/[^']*)'/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(10);
  // Of these, / is another page for visitors, and /models is what clients with a wrong base URL ask for: the next tests.
  for (const path of paths.filter((path) => path !== '/' && path !== '/models')) {
    const address = path.replace(':id', 'key_01');
    expect(handle('GET', address)).toMatchObject({ uri: '/index.html' });
    expect(handle('HEAD', `${address.replace(/\/$/, '')}/`)).toMatchObject({ uri: '/index.html' });
  }
});

test('/ is the landing page, and the console for browsers that somebody is logged in with', () => {
  const known = { 'daypass-logged-in': { value: '1' } };
  for (const method of ['GET', 'HEAD']) {
    expect(handle(method, '/')).toMatchObject({ uri: '/landing.html' });
    expect(handle(method, '/', {}, { other: { value: '1' } })).toMatchObject({ uri: '/landing.html' });
    expect(handle(method, '/', {}, known)).toMatchObject({ uri: '/index.html' });
  }
});

const german = { uri: '/landing.de.html' };
const english = { uri: '/landing.html' };

test.each([
  ['de', german],
  ['de-CH', german],
  ['DE-de,en;q=0.8', german],
  ['fr-FR,fr;q=0.9,de;q=0.5,en;q=0.3', german],
  ['en;q=0.5, de ; q=0.7', german],
  ['en-US,en;q=0.9,de;q=0.8', english],
  ['en,de', english],
  ['de;q=0', english],
  ['fr', english],
  ['*', english],
  ['', english],
  ['den,constructor,__proto__;q=2,de;q=x', english],
])(
  'at /, a browser that asks for %j gets the page in the first of its languages that there is',
  (asked, page) => {
    expect(handle('GET', '/', { 'accept-language': asked })).toMatchObject(page);
  },
);

test('at /, what the visitor chose comes before what the browser asks for', () => {
  const asked = { 'accept-language': 'de' };
  const chosen = (value: string) => ({ 'daypass-language': { value } });
  expect(handle('GET', '/', asked, chosen('en'))).toMatchObject(english);
  expect(handle('GET', '/', {}, chosen('de'))).toMatchObject(german);
  expect(handle('GET', '/', asked, chosen('constructor'))).toMatchObject(german);
});

test('each language has an address of its own, whatever the visitor asks for', () => {
  const known = { 'daypass-logged-in': { value: '1' } };
  for (const method of ['GET', 'HEAD']) {
    expect(handle(method, '/de', { 'accept-language': 'en' }, known)).toMatchObject(german);
    expect(handle(method, '/en/', { 'accept-language': 'de' })).toMatchObject(english);
  }
  expect(handle('GET', '/constructor').statusCode).toBe(404);
  expect(handle('POST', '/de').statusCode).toBe(404);
});

test('every file of the site is itself', () => {
  const files = readdirSync(new URL('../../web/public', import.meta.url));
  const written = [
    'index.html',
    'landing.html',
    'landing.de.html',
    'config.json',
    'brand.css',
    'logo.svg',
    'logo-dark.svg',
  ];
  for (const file of [...files, ...written, 'pages/terms-of-use.json', 'assets/index-Dx4k.js']) {
    expect(handle('GET', `/${file}`)).toMatchObject({ uri: `/${file}` });
  }
});

test.each(['/models', '/nowhere', '/v1.0/keys', '/prod/v1/models', '/v1', '/no.such'])(
  '%s is the console’s page in a browser',
  (uri) => {
    const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
    expect(handle('GET', uri, { accept })).toMatchObject({ uri: '/index.html' });
  },
);

describe.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s', (method) => {
  test.each([
    '/chat/completions',
    '/models',
    '/models/claude-sonnet-4.5',
    '/messages',
    '/v1',
    '/v2/chat/completions',
    '/V1/chat/completions',
    '//v1/chat/completions',
    '/prod/v1/chat/completions',
    '/openai/deployments/nova-lite/chat/completions',
    '/openai/v1/responses',
    '/api/v1/chat/completions',
    '/robots.txt',
  ])('%s at a wrong base URL is a 404 that names the right one', (uri) => {
    const result = handle(method, uri, { accept: 'application/json' });
    expect(result.statusCode).toBe(404);
    expect(JSON.parse(result.body ?? '')).toEqual({
      type: 'error',
      error: {
        message: expect.stringContaining(
          'The base URL is https://d1.cloudfront.net/v1 for OpenAI clients, and https://d1.cloudfront.net for Anthropic clients',
        ),
        type: 'not_found_error',
        code: 'not_found',
        param: null,
        docs: '/docs#error-not_found',
      },
      request_id: 'edge-id',
    });
    expect(result.headers).toMatchObject({
      'access-control-allow-origin': { value: '*' },
      'access-control-expose-headers': { value: expect.stringContaining('x-request-id') },
      'content-type': { value: 'application/json' },
      'cache-control': { value: 'no-store' },
      'x-request-id': { value: 'edge-id' },
    });
  });
});

test.each(['/', '/keys', '/docs', '/index.html'])('a POST to %s is no page either', (uri) => {
  const result = handle('POST', uri, { accept: 'text/html' });
  expect([result.statusCode, errorOf(result).code]).toEqual([404, 'not_found']);
});

test('a page of another origin is let through to the refusal', () => {
  const { statusCode, headers, body } = handle('OPTIONS', '/chat/completions', {
    origin: 'https://app.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  });
  expect([statusCode, body]).toEqual([204, undefined]);
  expect(headers).toMatchObject({
    'access-control-allow-origin': { value: '*' },
    'access-control-allow-methods': { value: expect.stringContaining('POST') },
    'access-control-allow-headers': { value: expect.stringContaining('authorization') },
  });
});

test('who comes by a path of Azure’s is told which client to use', () => {
  const azure = errorOf(handle('POST', '/openai/deployments/nova-lite/chat/completions')).message;
  expect(azure).toContain('not the one for Azure');
  expect(errorOf(handle('POST', '/chat/completions')).message).not.toContain('Azure');
});

test.each([
  ['localhost:4000', 'http://localhost:4000/v1'],
  ['127.0.0.1:4000', 'http://127.0.0.1:4000/v1'],
  ['[::1]:4000', 'http://[::1]:4000/v1'],
  ['localhost.example.com', 'https://localhost.example.com/v1'],
])('at %s the base URL is %s', (host, url) => {
  expect(errorOf(handle('POST', '/chat/completions', { host })).message).toContain(`${url} for`);
});
