import { graceSchema } from '../../../../web/screens/keys/change/rotation-grace.ts';

test.each([
  [{ choice: 'none', hours: '' }, 0],
  [{ choice: 'hour', hours: '99' }, 3600],
  [{ choice: 'day', hours: '' }, 86_400],
  [{ choice: 'custom', hours: ' 168 ' }, 604_800],
] as const)('%j is a grace of %i seconds', (form, graceSeconds) => {
  expect(graceSchema.parse(form)).toEqual({ graceSeconds });
});

test.each(['', 'x', '1.5', '-1', '169', '1e1'])('%j hours are refused as a grace', (hours) => {
  const { error } = graceSchema.safeParse({ choice: 'custom', hours });
  expect(error?.issues.map(({ path }) => path)).toEqual([['hours']]);
});
