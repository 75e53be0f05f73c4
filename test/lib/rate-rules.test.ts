import { startWaf } from '../local/aws/waf/start-waf.ts';
import { flat, methodsOf, onlyResource, readTemplate } from './template.ts';

/** Our web ACL, asked as AWS asks it: by the local stand-in, which interprets the template. */
const template = readTemplate();
const { Properties } = onlyResource(template, 'AWS::WAFv2::WebACL');
const start = () => startWaf(writtenOut(Properties) as object);

const secret = onlyResource(template, 'AWS::SecretsManager::Secret').id;
const proof = `{{resolve:secretsmanager:<${secret}>:SecretString:::}}`;
const throughEdge = (network: string, headers: [string, string][] = []) => ({
  sourceIp: '130.176.0.1',
  headers: [['x-daypass-edge-proof', proof], ['x-daypass-viewer-network', network], ...headers] as const,
});

const writes = 100;
const reads = 3000;
const methods = methodsOf(template).map(({ name, verb, properties }) => {
  const path = `/prod${name.split(' ')[1]}`.replaceAll(/\{\w+\}/g, 'key_1');
  return { name, verb, path, keyed: properties.ApiKeyRequired === true };
});
const open = methods.filter(({ keyed, verb }) => !keyed && verb !== 'OPTIONS');
/** No plan of a key stops these at API Gateway, and nobody guesses anything by them. */
const isAsRead = (name: string) => /\/count_tokens$|\/console\/chat\/completions$/.test(name);
const isRead = (verb: string) => ['GET', 'HEAD', 'OPTIONS'].includes(verb);

test.each(open.map((method) => [method.name, method] as const))(
  '%s is stopped at the limit for writing or for reading, since API Gateway asks for no key',
  (name, { verb, path }) => {
    const limit = isRead(verb) || isAsRead(name) ? reads : writes;
    const { passing } = start();
    expect(passing(limit + 5, { httpMethod: verb, path })).toBe(limit);
  },
);

test('counting tokens is limited as reading, with a key at API Gateway or without', () => {
  const count = { httpMethod: 'POST', path: '/prod/v1/messages/count_tokens' };
  expect(start().passing(reads + 5, count)).toBe(reads);
});

test.each(
  methods.filter(({ keyed, name }) => keyed && !name.endsWith('/count_tokens')).map((one) => [one.name, one]),
)('%s is left to the key’s plan', (_, { verb, path }) => {
  expect(start().passing(2 * reads, { httpMethod: verb, path })).toBe(2 * reads);
});

describe('a path that leads to a guarded route counts, however it is written', () => {
  const spellings = (path: string) => [
    path,
    path.replace('log', '%6Cog'),
    path.replace('login', 'log%69n'),
    path.replace('login', '%6c%6F%67%69%6E'),
    path.replace('login', 'log%2569n'),
    path.replace('/v1', '//v1'),
    path.replace('/v1', '/v1/.'),
    path.replace('/v1', '/v1/x/..'),
    path.replace('/v1/', '/v1%2F'),
    path.replace('/v1', '/%76%31'),
    `${path}/`,
    path.replace('/prod', ''),
  ];

  test.each(spellings('/prod/v1/login'))('%s', (path) => {
    const { passing } = start();
    expect(passing(writes, { httpMethod: 'POST', path })).toBe(writes);
    expect(passing(1, { httpMethod: 'POST', path: '/prod/v1/login' })).toBe(0);
  });
});

test('writing calls of all guarded routes count together', () => {
  const guarded = open.filter(({ verb, name }) => !isRead(verb) && !isAsRead(name));
  expect(guarded.length).toBeGreaterThan(10);
  const { stops } = start();
  const stopped = Array.from({ length: writes + 1 }, (_, at) => {
    const { verb, path } = guarded[at % guarded.length] ?? { verb: '', path: '' };
    return stops({ httpMethod: verb, path });
  });
  expect(stopped.filter((by) => by !== undefined)).toEqual(['writes-of-caller']);
});

describe('through CloudFront', () => {
  const login = { httpMethod: 'POST', path: '/prod/v1/login' };

  test('each viewer’s network counts apart, by CloudFront’s word', () => {
    const { passing } = start();
    expect(passing(writes + 5, { ...login, ...throughEdge('192.0.2.1') })).toBe(writes);
    expect(passing(writes + 5, { ...login, ...throughEdge('2001:db8:1:2::') })).toBe(writes);
  });

  test('nobody counts by what they say themselves', () => {
    const { passing } = start();
    const forged = (at: number) =>
      [
        ['x-daypass-viewer-network', `192.0.2.${at}`],
        ['x-daypass-edge-proof', 'a guess'],
        ['x-forwarded-for', `192.0.2.${at}`],
      ] as const;
    const passed = Array.from({ length: writes + 5 }, (_, at) =>
      passing(1, { ...login, headers: forged(at) }),
    );
    expect(passed.filter((count) => count === 1)).toHaveLength(writes);
  });

  test('who makes CloudFront’s word on the viewer vanish counts by CloudFront’s address', () => {
    const { passing } = start();
    const headers = [['x-daypass-edge-proof', proof]] as const;
    expect(passing(writes + 5, { ...login, sourceIp: '130.176.0.1', headers })).toBe(writes);
  });
});

test('reading leaves room for an office behind one address, and writing doesn’t use it up', () => {
  const { passing } = start();
  expect(passing(writes + 1, { httpMethod: 'POST', path: '/prod/v1/login' })).toBe(writes);
  expect(passing(reads, { path: '/prod/v1/me' })).toBe(reads);
});

/** With references as they stand: what they resolve to is the deployment's. */
function writtenOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writtenOut);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))) return flat(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, writtenOut(item)]));
}
