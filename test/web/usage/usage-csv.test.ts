import { usageCsv, usageFileName } from '../../../web/screens/usage/usage-csv.ts';
import { usageRow } from './usage-fixture.ts';

const cellOf = (keyName: string) => {
  const line = usageCsv([usageRow({ keyName })]).split('key_one,')[1] ?? '';
  return line.slice(0, line.lastIndexOf(',3,1,100,40,7,'));
};

test('a header and a line for each row, with RFC 4180’s line endings', () => {
  expect(usageCsv([usageRow(), usageRow({ date: '2026-11-21' })])).toBe(
    '\uFEFFdate,keyId,keyName,requests,refused,inputTokens,outputTokens,cachedTokens,costUsd\r\n' +
      '2026-11-22,key_one,My laptop,3,1,100,40,7,0.00012\r\n' +
      '2026-11-21,key_one,My laptop,3,1,100,40,7,0.00012\r\n',
  );
});

test.each([
  ['a, b', '"a, b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  [' edge ', '" edge "'],
  ['Zoë ☂', 'Zoë ☂'],
])('the name %j is written as %j', (name, cell) => {
  expect(cellOf(name)).toBe(cell);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1', '|calc', '=HYPERLINK("http://x")'])(
  'the name %j is no formula to a spreadsheet',
  (name) => {
    expect(cellOf(name).replace(/^"/, '')).toMatch(/^'/);
  },
);

test('small costs keep their digits and have no exponent', () => {
  expect(usageCsv([usageRow({ cost: 3.5e-8 })])).toContain(',0.000000035\r\n');
  expect(usageCsv([usageRow({ cost: 0 })])).toContain(',0\r\n');
  expect(usageCsv([usageRow({ cost: 120 })])).toContain(',120\r\n');
});

test('a key whose record is gone has an empty name', () => {
  expect(usageCsv([usageRow({ keyName: null })])).toContain('key_one,,3');
});

test('the file’s name has the days, and the key if one is chosen', () => {
  const range = { from: '2026-11-01', to: '2026-11-22' };
  expect(usageFileName(range, undefined)).toBe('daypass-usage-2026-11-01-to-2026-11-22.csv');
  expect(usageFileName(range, 'key_../a"b')).toBe('daypass-usage-2026-11-01-to-2026-11-22-key_ab.csv');
});
