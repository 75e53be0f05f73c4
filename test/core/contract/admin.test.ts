import fc from 'fast-check';
import { adminRequestsQuery } from '../../../core/contract/admin/keys-and-usage.ts';
import { adminUsersQuery, changeUserBody, inviteUserBody } from '../../../core/contract/admin/users.ts';
import { limitRows } from '../../../core/metering/windows.ts';

const fields: string[] = limitRows.map(({ field }) => field);

describe('a change of a user', () => {
  test.each<[string, unknown]>([
    ['of nothing', {}],
    ['of an unknown field', { admin: true }],
    ['that takes an approval back', { approved: false }],
    ['that approves by a text', { approved: 'true' }],
    ['that approves and suspends', { approved: true, suspended: true }],
    ['that approves and restores', { approved: true, suspended: false }],
    ['of no limit', { limits: {} }],
    ['of a limit that there is not', { limits: { requestsPerYear: 5 } }],
    ['of a limit of clients', { limits: { perClient: { requestsPerDay: 5 } } }],
    ['of a list of limits', { limits: [{ requestsPerDay: 5 }] }],
    ['of an end that is no time', { endsAt: 'tomorrow' }],
    ['of an end on a day that there is not', { endsAt: '2026-02-30' }],
    ['of an end without a zone', { endsAt: '2026-12-24T10:00:00' }],
    ['of an end as a number', { endsAt: 1_798_000_000_000 }],
    ['of an end as an empty text', { endsAt: '' }],
  ])('%s is refused', (_what, body) => {
    expect(changeUserBody.safeParse(body).success).toBe(false);
  });

  test('takes limits that are whole numbers from 1, or dollars from a cent, and nothing else', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.string(),
      fc.constant(null),
      fc.boolean(),
      fc.bigInt(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...fields), value, (field, limit) => {
        const isDollars = field.startsWith('spend');
        const isGood = isDollars
          ? typeof limit === 'number' && limit >= 0.01 && limit <= 1_000_000
          : typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 1;
        expect(changeUserBody.safeParse({ limits: { [field]: limit } }).success).toBe(isGood);
      }),
    );
  });

  test('never throws, whatever it gets', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect([true, false]).toContain(changeUserBody.safeParse(body).success);
      }),
    );
  });

  test('takes a day, at whose beginning the account ends, or a time', () => {
    for (const endsAt of ['2027-01-31', '2027-01-31T10:00:00Z', null])
      expect(changeUserBody.parse({ endsAt })).toEqual({ endsAt });
    expect(inviteUserBody.safeParse({ email: 'a@example.com', endsAt: null }).success).toBe(false);
  });
});

test.each<[string, unknown]>([
  ['a status that there is not', { status: 'gone' }],
  ['more than Cognito’s page', { limit: '61' }],
  ['a status twice', { status: ['active', 'waiting'] }],
])('a list of users by %s is refused', (_what, query) => {
  expect(adminUsersQuery.safeParse(query).success).toBe(false);
});

test.each<[string, unknown]>([
  ['a status that is none', { status: '600' }],
  ['a class that is none', { status: '3xx' }],
  ['a time that is none', { from: 'yesterday' }],
  ['more than a page', { limit: '101' }],
  ['an id without end', { userId: 'x'.repeat(129) }],
  ['an unknown filter', { email: 'a@example.com' }],
])('a list of calls by %s is refused', (_what, query) => {
  expect(adminRequestsQuery.safeParse(query).success).toBe(false);
});
