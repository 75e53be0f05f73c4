import { compilePathPattern } from '../../../../local/aws/cloudfront/distribution/path-pattern.ts';
import { apiBehavior, edgeStarter, origins, siteBehavior } from './start-edge.ts';

const edges = edgeStarter();
afterEach(() => edges.stopAll());

describe('path patterns', () => {
  test.each([
    ['/v1/*', '/v1/', true],
    ['/v1/*', '/v1/a/b', true],
    ['/v1/*', '/v1', false],
    ['v1/*', '/v1/a', true],
    ['/v1/*', '/V1/a', false],
    ['*.jpg', '/a/b.jpg', true],
    ['*.jpg', '/a/bxjpg', false],
    ['/a?c', '/abc', true],
    ['/a?c', '/ac', false],
    ['/a+(b)', '/a+(b)', true],
    ['*', '/', true],
  ])('%s on %s: %s', (pattern, path, matches) => {
    expect(compilePathPattern(pattern)(path)).toBe(matches);
  });
});

describe('a distribution that needs an unsupported feature is refused by name', () => {
  test.each([
    [
      'Lambda@Edge',
      { DefaultCacheBehavior: { ...siteBehavior, LambdaFunctionAssociations: [{ EventType: 'x' }] } },
    ],
    ['TrustedKeyGroups', { DefaultCacheBehavior: { ...siteBehavior, TrustedKeyGroups: ['k'] } }],
    [
      'ForwardedValues',
      { DefaultCacheBehavior: { ...siteBehavior, ForwardedValues: { QueryString: true } } },
    ],
    ['OriginGroups', { OriginGroups: { Quantity: 1, Items: [{}] } }],
    ['example.com is neither', { Origins: [{ Id: 'site', DomainName: 'example.com' }, ...origins] }],
    ['cache policy unknown-id', { DefaultCacheBehavior: { ...siteBehavior, CachePolicyId: 'unknown-id' } }],
    ['origin request policy o', { CacheBehaviors: [{ ...apiBehavior, OriginRequestPolicyId: 'o' }] }],
    ['response headers policy r', { CacheBehaviors: [{ ...apiBehavior, ResponseHeadersPolicyId: 'r' }] }],
    [
      'function f',
      {
        CacheBehaviors: [
          { ...apiBehavior, FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: 'f' }] },
        ],
      },
    ],
    ['origin nowhere', { DefaultCacheBehavior: { ...siteBehavior, TargetOriginId: 'nowhere' } }],
  ])('%s', async (name, config) => {
    await expect(edges.start({ config })).rejects.toThrow(name);
  });
});
