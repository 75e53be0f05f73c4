import { callSpan, codeMatcher, describeCalls, type LoggedCall } from '../../../core/metering/call-log.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const iso = (span: { from: number; to: number }) => [
  new Date(span.from).toISOString(),
  new Date(span.to).toISOString(),
];

test.each([
  [{}, ['2026-10-23T10:00:00.000Z', '2026-11-22T10:00:00.000Z']],
  [{ from: '2026-11-20' }, ['2026-11-20T00:00:00.000Z', '2026-11-22T10:00:00.000Z']],
  [{ from: '2026-11-20', to: '2026-11-20' }, ['2026-11-20T00:00:00.000Z', '2026-11-20T23:59:59.999Z']],
  [
    { from: '2026-11-20T10:00:00Z', to: '2026-11-20T10:00:00.5Z' },
    ['2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.500Z'],
  ],
  // What is past its time may still be in the table.
  [{ from: '2026-01-01' }, ['2026-10-23T10:00:00.000Z', '2026-11-22T10:00:00.000Z']],
])('the span of %j', (query, expected) => {
  expect(iso(callSpan(query, { keepDays: 30, now }))).toEqual(expected);
});

test('a span that ends before it begins is refused by name', () => {
  const query = { from: '2026-11-20', to: '2026-11-19' };
  expect(() => callSpan(query, { keepDays: 30, now })).toThrow(
    expect.objectContaining({ code: 'invalid_request', param: 'from' }),
  );
});

test.each([
  ['200', undefined, true],
  ['2xx', undefined, true],
  ['429', 'quota_exceeded', true],
  ['429', 'rate_limit_exceeded', true],
  ['4xx', 'model_not_allowed', true],
  ['4xx', 'caller_left', true],
  ['5xx', 'model_failed', true],
  ['200', 'model_failed', false],
  ['429', undefined, false],
  ['4xx', 'model_failed', false],
] as const)('status %s and code %s: %p', (status, code, expected) => {
  expect(codeMatcher(status)?.(code)).toBe(expected);
});

test('a call is told with its key’s name, its status, and dollars', async () => {
  const call: LoggedCall = {
    at: now,
    requestId: 'r1=',
    keyId: 'key_1',
    route: '/v1/messages',
    model: 'nova-lite',
    code: undefined,
    mark: 'metered',
    msToFirstToken: 120,
    endedAt: now + 900,
    inputTokens: 10,
    outputTokens: 20,
    cachedTokens: 5,
    costNanoDollars: 5_400,
    count: 1,
  };
  const refused: LoggedCall = { ...call, keyId: 'key_2', code: 'quota_exceeded', mark: 'refused', count: 7 };
  const names = { of: async () => new Map([['key_1', 'laptop']]) };
  const [first, second] = await describeCalls(names, 'ada', [
    call,
    { ...refused, route: undefined, model: undefined, endedAt: undefined, msToFirstToken: undefined },
  ]);
  expect(first).toEqual({
    time: '2026-11-22T10:00:00.000Z',
    requestId: 'r1=',
    keyId: 'key_1',
    keyName: 'laptop',
    route: '/v1/messages',
    model: 'nova-lite',
    status: 200,
    code: null,
    mark: 'metered',
    firstTokenMs: 120,
    totalMs: 900,
    inputTokens: 10,
    outputTokens: 20,
    cachedTokens: 5,
    cost: 0.0000054,
    count: 1,
  });
  expect(second).toMatchObject({
    status: 429,
    keyName: null,
    route: null,
    model: null,
    totalMs: null,
    count: 7,
  });
});
