import { firstSteps } from '../../../web/screens/keys/list/first-steps.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const key = (lastUsedAt: string | null, createdAt = '2026-11-22T09:00:00Z') => ({ createdAt, lastUsedAt });
const of = (keys: ReturnType<typeof key>[], hasSeen = false) => firstSteps(keys, { hasSeen, now });

test('each step is done by what it asks for', () => {
  expect(of([])).toMatchObject({ hasKey: false, hasCalled: false });
  expect(of([key(null)])).toMatchObject({ hasKey: true, hasCalled: false });
  expect(of([key('2026-11-22T09:30:00Z')])).toMatchObject({ hasKey: true, hasCalled: true });
});

test('it is gone once the call was seen, and for those who are no longer new', () => {
  expect(of([key('2026-11-22T09:30:00Z')], true)).toBeUndefined();
  expect(of([key('2026-11-22T09:30:00Z', '2026-11-01T09:00:00Z')])).toBeUndefined();
  expect(of([key(null, '2026-11-01T09:00:00Z')])).toMatchObject({ hasKey: true });
});
