import { auditDetails } from '../../../core/audit.ts';
import { limitRows } from '../../../core/metering/windows.ts';
import { dateAndTimeWords } from '../../../web/language/time-words.ts';
import { detailWords } from '../../../web/screens/admin/audit/detail-words.ts';

test('everything that an event tells has a label of its own', () => {
  const names = [...auditDetails, ...limitRows.map(({ field }) => field)];
  const labels = names.map((name) => detailWords({ [name]: '1' }).split(': ')[0]);
  expect(new Set(labels).size).toBe(names.length);
  expect(labels.filter((label) => names.some((name) => name === label))).toEqual([]);
});

test.each([
  [{ from: 'small', to: 'big' }, 'Before: small; Now: big'],
  [{ plan: 'big', providerKeys: ['openai', 'anthropic'] }, 'Plan: big; Provider keys: openai, anthropic'],
  [{ allowedPlans: ['big'] }, 'Plans: big'],
  [{ allowedPlans: null }, 'Plans: The self-service plans'],
  [{ allowedPlans: [] }, 'Plans: none'],
  [{ limits: null }, 'Limits: none'],
  [{ requestsPerDay: '1000', spendPerMonth: '2.5' }, 'Requests a day: 1,000; US dollars a month: $2.50'],
  [{ endsAt: null }, 'Ends: Never'],
  [{ endsAt: '2026-12-01T00:00:00.000Z' }, `Ends: ${dateAndTimeWords(Date.UTC(2026, 11))}`],
  [{ because: 'dormant' }, 'Reason: it was not used'],
  [{ newer: ['a', 'b'], gone: null }, 'newer: a, b; gone: none'],
] as const)('%j is told as %s', (detail, words) => {
  expect(detailWords(detail as never)).toBe(words);
});
