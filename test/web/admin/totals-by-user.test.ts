import { totalsByUser, usageByUserCsv } from '../../../web/screens/admin/usage/totals-by-user.ts';

const row = {
  userId: 'u1',
  email: 'ada@example.com',
  date: '2026-11-22',
  requests: 2,
  refused: 1,
  inputTokens: 10,
  outputTokens: 5,
  cachedTokens: 0,
  cost: 0.0000001,
};

test('all days of a user are one row, the dearest user first', () => {
  const totals = totalsByUser([
    row,
    { ...row, date: '2026-11-21' },
    { ...row, userId: 'u2', email: null, cost: 1 },
  ]);
  expect(totals).toMatchObject([
    { userId: 'u2', label: 'u2', requests: 2 },
    { userId: 'u1', label: 'ada@example.com', requests: 4, refused: 2, inputTokens: 20, cost: 0.0000002 },
  ]);
});

test('the export has a row for each day, with costs in full', () => {
  expect(usageByUserCsv([row]).split('\r\n')[1]).toBe('2026-11-22,u1,ada@example.com,2,1,10,5,0,0.0000001');
});
