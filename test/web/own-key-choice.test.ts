import { pickOwnKey } from '../../web/key-in-hand/own-key-choice.ts';

const keys = ['2026-11-02', '2026-11-03', '2026-11-01'].map((createdAt) => ({
  id: `key ${createdAt}`,
  createdAt,
}));

test('until one is chosen, the newest key is used', () => {
  expect(pickOwnKey(keys, undefined)?.id).toBe('key 2026-11-03');
  expect(pickOwnKey([], undefined)).toBeUndefined();
});

test('a chosen key is used until a newer one is made, or until it ends', () => {
  const choice = { keyId: 'key 2026-11-01', newest: '2026-11-03' };
  expect(pickOwnKey(keys, choice)?.id).toBe('key 2026-11-01');
  const later = { id: 'made since', createdAt: '2026-11-04' };
  expect(pickOwnKey([...keys, later], choice)?.id).toBe('made since');
  expect(pickOwnKey(keys.slice(0, 2), choice)?.id).toBe('key 2026-11-03');
});
