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
  ['P1M', '2026-12-22T10:00:00.000Z'],
  ['P1Y', '2027-11-22T10:00:00.000Z'],
  ['P1Y2M3W4DT5H', '2028-02-16T15:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2026-12-24T18:00Z', '2026-12-24T18:00:00.000Z'],
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
  'P1DT',
  'P0D',
  'P-1D',
  'P1.5D',
  'P11Y',
  'P99999999999999999Y',
  '2027-02-31',
  '2027-02-29',
  '2027-02-31T10:00:00Z',
  '2027-02-01T25:00:00Z',
  '2027-02-01T10:00:00',
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

test('an omitted expiry means none', () => {
  expect(readExpiry(undefined, now)).toBeUndefined();
});

test('a month after a 31st is the last day of the shorter month', () => {
  const end = expiryTime('P1M', Date.parse('2027-01-31T10:00:00Z'));
  expect(end).toBe(Date.parse('2027-02-28T10:00:00Z'));
});

test('the refusal lists every form that is accepted', () => {
  const forms = ['30d', '12h', '2w', '90m', 'P30D', 'P1M', 'PT12H', '2027-01-31', '2027-01-31T18:00:00Z'];
  for (const form of forms) {
    expect(expiryTime(form, now)).toBeDefined();
    expect(() => readExpiry('soon', now)).toThrow(`'${form}'`);
  }
});
