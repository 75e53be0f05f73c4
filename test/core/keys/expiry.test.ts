import { expiryTime, readExpiry } from '../../../core/keys/expiry.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const at = (text: string) => {
  const time = expiryTime(text, now);
  return time === undefined ? undefined : new Date(time).toISOString();
};

test.each([
  ['30d', '2026-12-22T10:00:00.000Z'],
  ['12h', '2026-11-22T22:00:00.000Z'],
  ['90m', '2026-11-22T11:30:00.000Z'],
  ['2w', '2026-12-06T10:00:00.000Z'],
  ['P30D', '2026-12-22T10:00:00.000Z'],
  ['PT12H', '2026-11-22T22:00:00.000Z'],
  ['P1DT1H1M1S', '2026-11-23T11:01:01.000Z'],
  ['P2W', '2026-12-06T10:00:00.000Z'],
  ['2026-12-24', '2026-12-24T00:00:00.000Z'],
  ['2026-12-24T18:00:00+01:00', '2026-12-24T17:00:00.000Z'],
])('%s ends at %s', (text, end) => {
  expect(at(text)).toBe(end);
});

test.each([
  '',
  'soon',
  '0d',
  '-1d',
  '30',
  '30 days',
  'P',
  'PT',
  '2026-11-22',
  '2026-11-22T09:59:59Z',
  '2026-13-01',
  '11y',
  '4000d',
])('%j is refused', (text) => {
  expect(() => readExpiry(text, now)).toThrow(
    expect.objectContaining({ code: 'invalid_request', param: 'expiresIn' }),
  );
});

test('no text means no end', () => {
  expect(readExpiry(undefined, now)).toBeUndefined();
});
