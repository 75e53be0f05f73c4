import { keyInHand } from '../../web/key-in-hand/key-in-hand.ts';
import { keyValueIn, maskedKey } from '../../web/key-in-hand/key-value.ts';
import { createTab, signedIn } from './session-fixture.ts';

const value = `dpk${'aB3'.repeat(12)}xy`;

test('a key that was left for the playground is found there, until another user logs in', async () => {
  const tab = createTab([signedIn('ada'), signedIn('ada', 2), signedIn('bob')]);
  await tab.session.logIn('ada@example.com', 'pw');
  keyInHand(tab).hold(value, { isNew: true });
  await tab.session.logIn('ada@example.com', 'pw');
  expect(keyInHand(tab).get()).toMatchObject({ value, isNew: true });
  await tab.session.logIn('bob@example.com', 'pw');
  expect(keyInHand(tab).get()).toBeUndefined();
});

test('logging out drops the key, and tells its subscribers', async () => {
  const tab = createTab([signedIn('ada')]);
  await tab.session.logIn('ada@example.com', 'pw');
  const hand = keyInHand(tab);
  hand.hold(value, { isNew: false });
  tab.session.forget();
  expect(hand.get()).toBeUndefined();
});

test.each([
  ['on its own', value],
  ['with blanks around it', `  ${value}\n`],
  ['in quotes', `"${value}"`],
  ['as a line of an .env file', `OPENAI_API_KEY=${value}`],
  ['as a header', `Authorization: Bearer ${value}`],
])('a key is found %s', (_, pasted) => {
  expect(keyValueIn(pasted)).toBe(value);
});

test.each(['', 'sk-123', value.slice(0, -1), `${value}x`])('%p is not a key', (pasted) => {
  expect(keyValueIn(pasted)).toBeUndefined();
});

test('no more than the last four characters of a key are shown', () => {
  expect(maskedKey(value)).toBe(`dpk…${value.slice(-4)}`);
});
