import type { Key } from '../../../web/keys/key.ts';
import { filterKeys } from '../../../web/screens/keys/list/filter-keys.ts';

const keys = [
  { id: 'key_aaaa', name: 'My laptop', plan: '10-per-day', status: 'active', last4: 'wxyz' },
  { id: 'key_bbbb', name: 'Report', plan: '20-per-day', status: 'revoked', last4: '1234' },
  { id: 'key_cccc', name: 'Desk', plan: '20-per-day', status: 'expired', last4: '5678' },
] as Key[];

const found = (filters: Partial<Parameters<typeof filterKeys>[1]>) =>
  filterKeys(keys, { search: undefined, plan: undefined, status: undefined, ended: 'shown', ...filters }).map(
    ({ name }) => name,
  );

test.each([
  [{ search: ' LAP ' }, ['My laptop']],
  [{ search: '234' }, ['Report']],
  [{ search: 'key_c' }, ['Desk']],
  [{ plan: '20-per-day' }, ['Report', 'Desk']],
  [{ status: 'active' }, ['My laptop']],
  [{ plan: '20-per-day', search: 'desk' }, ['Desk']],
])('%j finds %j', (filters, names) => {
  expect(found(filters)).toEqual(names);
});

test('keys that have ended can be hidden, but not from whoever asks for them', () => {
  expect(found({ ended: 'hidden' })).toEqual(['My laptop']);
  expect(found({ ended: 'hidden', status: 'revoked' })).toEqual(['Report']);
});
