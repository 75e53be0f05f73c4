import { asItIs, pathIs, rate, rule, startWaf } from './start-waf.ts';

const header = (name: string) => ({ SingleHeader: { Name: name } });
const byteMatch = (fields: object) => ({
  ByteMatchStatement: {
    FieldToMatch: header('x-proof'),
    PositionalConstraint: 'EXACTLY',
    SearchString: 'secret',
    TextTransformations: asItIs,
    ...fields,
  },
});
const blocking = (statement: object) => startWaf({ Rules: [rule('rule', 0, statement)] });

describe('rules', () => {
  test('are evaluated from the lowest priority to the highest, and the first terminating one decides', () => {
    const { stops } = startWaf({
      Rules: [rule('second', 7, pathIs('/v1')), rule('first', 2, pathIs('/v1/admin'), { Allow: {} })],
    });
    expect(stops({ path: '/prod/v1/things' })).toBe('second');
    expect(stops({ path: '/prod/v1/admin' })).toBeUndefined();
  });

  test('that only count block nothing', () => {
    const { stops } = startWaf({ Rules: [rule('counting', 0, pathIs('.'), { Count: {} })] });
    expect(stops()).toBeUndefined();
  });

  test('leave calls that none of them terminates to the default action', () => {
    expect(startWaf({ DefaultAction: { Block: {} } }).stops()).toBe('Default_Action');
    expect(startWaf({}).stops()).toBeUndefined();
  });

  test('apply to the stage of the web ACL only', () => {
    const { waf, stops } = blocking(pathIs('.'));
    expect(stops()).toBe('rule');
    expect(waf.stops({ apiId: 'api', stage: 'dev' }, { ...anyCall })).toBeUndefined();
  });

  test('are reported on the terminal when they begin to block, not with every call', () => {
    const { passing, told, clock } = startWaf({
      Rules: [rule('one', 0, pathIs('/1')), rule('two', 1, pathIs('/2'))],
    });
    passing(5, { path: '/1' });
    passing(5, { path: '/2' });
    expect(told).toEqual([
      expect.stringMatching(/^rule one .+DAYPASS_WAF=off/),
      expect.stringMatching(/^rule two /),
    ]);
    clock.moveTo(61);
    passing(5, { path: '/1' });
    expect(told).toHaveLength(3);
  });

  test('are removed once the template no longer has them', () => {
    const { waf, stops } = blocking(pathIs('.'));
    waf.keepOnly(new Set(['Acl']));
    expect(stops()).toBeUndefined();
  });
});

const anyCall = { httpMethod: 'GET', path: '/', headers: [], sourceIp: '192.0.2.1' };

describe('statements', () => {
  test.each([
    ['EXACTLY', 'secret', true],
    ['EXACTLY', 'secret2', false],
    ['STARTS_WITH', 'secret2', true],
    ['ENDS_WITH', 'a secret', true],
    ['CONTAINS', 'a secret 2', true],
    ['CONTAINS', 'a secre', false],
  ])('%s of a header %j: %s', (PositionalConstraint, value, matches) => {
    const { stops } = blocking(byteMatch({ PositionalConstraint }));
    expect(stops({ headers: [['X-Proof', value]] })).toBe(matches ? 'rule' : undefined);
  });

  test('about a component that the call lacks match nothing', () => {
    const size = { Size: 0, ComparisonOperator: 'GE' };
    const lacking = { FieldToMatch: header('x-proof'), TextTransformations: asItIs, ...size };
    expect(blocking({ SizeConstraintStatement: lacking }).stops()).toBeUndefined();
    expect(blocking(byteMatch({})).stops()).toBeUndefined();
  });

  test.each([
    ['GT', 0, '', false],
    ['GT', 0, 'a', true],
    ['LT', 3, 'é', true],
    ['EQ', 2, 'é', true],
    ['NE', 2, 'é', false],
    ['LE', 1, 'é', false],
  ])('of a size %s %i count bytes: %j is %s', (ComparisonOperator, Size, value, matches) => {
    const { stops } = blocking({
      SizeConstraintStatement: {
        FieldToMatch: header('x-proof'),
        TextTransformations: asItIs,
        ComparisonOperator,
        Size,
      },
    });
    expect(stops({ headers: [['x-proof', value]] })).toBe(matches ? 'rule' : undefined);
  });

  test('are joined by and, or and not', () => {
    const method = (regex: string) => ({
      RegexMatchStatement: { FieldToMatch: { Method: {} }, RegexString: regex, TextTransformations: asItIs },
    });
    const { stops } = blocking({
      AndStatement: {
        Statements: [
          { OrStatement: { Statements: [pathIs('/one'), pathIs('/two')] } },
          { NotStatement: { Statement: method('^GET$') } },
        ],
      },
    });
    expect(stops({ path: '/one', httpMethod: 'POST' })).toBe('rule');
    expect(stops({ path: '/two', httpMethod: 'POST' })).toBe('rule');
    expect(stops({ path: '/two', httpMethod: 'GET' })).toBeUndefined();
    expect(stops({ path: '/three', httpMethod: 'POST' })).toBeUndefined();
  });

  test.each([
    ['nothing', ['NONE'], '/log%69n', false],
    ['what is encoded', ['URL_DECODE'], '/log%69n', true],
    ['only once', ['URL_DECODE'], '/log%2569n', false],
    ['twice if asked to', ['URL_DECODE', 'URL_DECODE_UNI'], '/log%2569n', true],
    ['what IIS takes', ['URL_DECODE_UNI'], '/log%u0069n', true],
    ['but no half escapes', ['URL_DECODE'], '/log%6', false],
    ['slashes and dots', ['NORMALIZE_PATH'], '//a/.././/login', true],
    ['in the order of priorities', ['URL_DECODE', 'NORMALIZE_PATH'], '/a%2F..%2Flogin', true],
    ['and no other', ['NORMALIZE_PATH', 'URL_DECODE'], '/a%2F..%2Flogin', false],
    ['case', ['LOWERCASE'], '/LOGIN', true],
    ['white space', ['COMPRESS_WHITE_SPACE', 'NONE'], '/login\t \n', false],
  ])('inspect a text with %s decoded: %j of %j', (_, types, path, matches) => {
    expect(blocking(pathIs('^/login$', types)).stops({ path })).toBe(matches ? 'rule' : undefined);
  });
});

describe('a rate rule', () => {
  test('blocks what one address sends past the limit, whatever others send', () => {
    const { passing } = blocking(rate());
    expect(passing(15)).toBe(10);
    expect(passing(15, { sourceIp: '192.0.2.2' })).toBe(10);
  });

  test('lets it in again when the window holds fewer, blocked calls included', () => {
    const { passing, clock } = blocking(rate({ EvaluationWindowSec: 60 }));
    expect(passing(10)).toBe(10);
    clock.moveTo(30);
    expect(passing(20)).toBe(0);
    clock.moveTo(61);
    expect(passing(1)).toBe(0);
    clock.moveTo(122);
    expect(passing(11)).toBe(10);
  });

  test('looks back five minutes by default', () => {
    const { passing, clock } = blocking(rate());
    expect(passing(10)).toBe(10);
    clock.moveTo(299);
    expect(passing(1)).toBe(0);
    clock.moveTo(599);
    expect(passing(10)).toBe(10);
  });

  test('counts only what its scope-down statement matches', () => {
    const { passing } = blocking(rate({ ScopeDownStatement: pathIs('/login') }));
    expect(passing(50, { path: '/things' })).toBe(50);
    expect(passing(11, { path: '/login' })).toBe(10);
  });

  test('counts a call of its scope that an earlier rule only counted', () => {
    const { passing } = startWaf({
      Rules: [rule('watching', 0, rate(), { Count: {} }), rule('stopping', 1, rate())],
    });
    expect(passing(12)).toBe(10);
  });

  test('without a key counts all calls together', () => {
    const { passing } = blocking(rate({ AggregateKeyType: 'CONSTANT', ScopeDownStatement: pathIs('.') }));
    expect(passing(6)).toBe(6);
    expect(passing(6, { sourceIp: '192.0.2.2' })).toBe(4);
  });

  describe('by an address in a header', () => {
    const by = (FallbackBehavior: string) =>
      blocking(
        rate({
          AggregateKeyType: 'FORWARDED_IP',
          ForwardedIPConfig: { HeaderName: 'x-forwarded-for', FallbackBehavior },
        }),
      );
    const from = (value: string) => ({ headers: [['X-Forwarded-For', value]] as const });

    test('counts the first one, however it is written', () => {
      const { passing } = by('MATCH');
      expect(passing(6, from('192.0.2.1, 198.51.100.1'))).toBe(6);
      expect(passing(6, from('192.0.2.1'))).toBe(4);
      expect(passing(6, from('2001:db8:0:0::'))).toBe(6);
      expect(passing(6, from('2001:DB8::'))).toBe(4);
    });

    test('leaves a call without it alone', () => {
      expect(by('MATCH').passing(50)).toBe(50);
    });

    test('treats all malformed addresses as one client, or ignores them', () => {
      const together = by('MATCH');
      expect(together.passing(6, from('unknown'))).toBe(6);
      expect(together.passing(6, from('999.1.1.1'))).toBe(4);
      expect(by('NO_MATCH').passing(50, from('unknown'))).toBe(50);
    });
  });

  test('keeps its counts when an unchanged template is deployed, and starts anew when it changes', () => {
    const { passing, redefine } = blocking(rate());
    expect(passing(10)).toBe(10);
    redefine({ Rules: [rule('rule', 0, rate())] });
    expect(passing(1)).toBe(0);
    redefine({ Rules: [rule('rule', 0, rate({ Limit: 20 }))] });
    expect(passing(25)).toBe(20);
  });
});

describe('what AWS or this stand-in does not accept is refused by name', () => {
  const geo = { GeoMatchStatement: { CountryCodes: ['CH'] } };
  const custom = { Block: { CustomResponse: { ResponseCode: 429 } } };
  const path = (RegexString: string) => pathIs(RegexString);

  test.each<[string, object, string]>([
    ['a statement of another kind', rule('a', 0, geo), 'GeoMatchStatement'],
    ['one inside another', rule('a', 0, { NotStatement: { Statement: geo } }), 'GeoMatchStatement'],
    ['an action of another kind', rule('a', 0, path('.'), { Captcha: {} }), 'Captcha'],
    ['an answer of the rule’s own', rule('a', 0, path('.'), custom), 'CustomResponse'],
    ['a transformation that is not here', rule('a', 0, pathIs('.', ['CMD_LINE'])), 'TextTransformations'],
    ['a capturing group', rule('a', 0, path('^/(a|b)')), 'no capturing groups'],
    ['a backreference', rule('a', 0, path('^/(?:a)\\1')), 'no backreferences'],
    ['no regular expression', rule('a', 0, path('[')), 'is not a regular expression'],
    ['a limit below ten', rule('a', 0, rate({ Limit: 9 })), 'Limit'],
    ['a window of its own', rule('a', 0, rate({ EvaluationWindowSec: 61 })), 'EvaluationWindowSec'],
    ['custom keys', rule('a', 0, rate({ AggregateKeyType: 'CUSTOM_KEYS' })), 'custom keys are not supported'],
    [
      'a forwarded address of no header',
      rule('a', 0, rate({ AggregateKeyType: 'FORWARDED_IP' })),
      'ForwardedIPConfig',
    ],
    ['a list of one', rule('a', 0, { AndStatement: { Statements: [path('.')] } }), 'two statements or more'],
    ['a rate inside another', rule('a', 0, rate({ ScopeDownStatement: rate() })), 'RateBasedStatement'],
  ])('%s', (_, wrong, words) => {
    expect(() => startWaf({ Rules: [wrong] })).toThrow(words);
  });

  test('two rules of one priority or name', () => {
    expect(() => startWaf({ Rules: [rule('a', 0, path('.')), rule('b', 0, path('.'))] })).toThrow(
      'priorities must',
    );
    expect(() => startWaf({ Rules: [rule('a', 0, path('.')), rule('a', 1, path('.'))] })).toThrow(
      'names must',
    );
  });

  test('properties that would change what the web ACL does', () => {
    expect(() => startWaf({ CaptchaConfig: {} })).toThrow('CaptchaConfig');
    expect(() => startWaf({ Scope: 'CLOUDFRONT' })).toThrow('REGIONAL');
  });
});
