import type { Charge, ChargeResult, SpendWarning } from '../../../core/metering/ports.ts';
import { noteSpent, noteWarnings } from '../../../core/metering/spend-warnings.ts';

const resetsAt = Date.parse('2026-11-23T00:00:00Z');
const dollar = 1e9;

async function noted(spend: Charge['spend'], costNanoDollars: number, ofUser?: Charge['spend']) {
  const all: SpendWarning[] = [];
  const warnings = { add: async (warning: SpendWarning) => void all.push(warning) };
  const charge = { userId: 'ada', keyId: 'key_1', spend, shared: { counted: [], spend: ofUser } };
  await noteWarnings({ warnings }, charge as Partial<Charge> as Charge, costNanoDollars);
  return all;
}
const left = (remaining: number) => ({ window: 'day', limit: 10, remaining, resetsAt }) as const;

test.each([
  [3.01, 1, undefined],
  [3, 1, 80],
  [2.9, 1.8, 80],
  [2, 1, 90],
  [5, 5, 100],
  [0.5, 3, 100],
  [1.5, 0, 80],
])('with %p of 10 dollars left, a call of %p dollars reaches %p%%', async (remaining, cost, step) => {
  expect((await noted(left(remaining), cost * dollar)).map((warning) => warning.step)).toEqual(
    step === undefined ? [] : [step],
  );
});

test('the key’s limit and the user’s are noted apart', async () => {
  const ofUser = { window: 'month', limit: 100, remaining: 11, resetsAt } as const;
  expect(await noted(left(2.5), dollar, ofUser)).toEqual([
    { of: 'key', userId: 'ada', keyId: 'key_1', step: 80, window: 'day', limit: 10, resetsAt },
    { of: 'user', userId: 'ada', keyId: 'key_1', step: 90, window: 'month', limit: 100, resetsAt },
  ]);
});

test('nothing is noted where nothing is limited in dollars, or no mail is sent', async () => {
  expect(await noted(undefined, dollar)).toEqual([]);
  const charge = { userId: 'ada', keyId: 'key_1', spend: left(0) } as Partial<Charge> as Charge;
  await expect(noteWarnings({}, charge, dollar)).resolves.toBeUndefined();
});

test.each([
  ['dollars', undefined, ['key']],
  ['dollars', 'user', ['user']],
  ['requests', undefined, []],
  ['tokens', undefined, []],
] as const)('a call refused by %s of %p notes %p', async (unit, of, whose) => {
  const all: SpendWarning[] = [];
  const refused = {
    outcome: 'exceeded',
    userId: 'ada',
    keyId: 'key_1',
    of,
    unit,
    window: 'day',
    standing: left(0),
    day: left(0),
  } satisfies ChargeResult;
  await noteSpent({ warnings: { add: async (warning) => void all.push(warning) } }, refused);
  expect(all.map((warning) => [warning.of, warning.step])).toEqual(whose.map((one) => [one, 100]));
});
