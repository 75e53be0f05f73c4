import { keyInHand } from '../../web/key-in-hand/key-in-hand.ts';
import { keySecretIn, maskedKey } from '../../web/key-in-hand/key-secret.ts';
import { createTab, signedIn } from './session-fixture.ts';

const secret = `dpk${'aB3'.repeat(12)}xy`;

test('a key that was left for the playground is found there, until another user logs in', async () => {
  const tab = createTab([signedIn('ada'), signedIn('ada', 2), signedIn('bob')]);
  await tab.session.logIn('ada@example.com', 'pw');
  keyInHand(tab).hold(secret, { isNew: true });
  await tab.session.logIn('ada@example.com', 'pw');
  expect(keyInHand(tab).get()).toMatchObject({ secret, isNew: true });
  await tab.session.logIn('bob@example.com', 'pw');
  expect(keyInHand(tab).get()).toBeUndefined();
});

test('logging out drops the key, and tells its subscribers', async () => {
  const tab = createTab([signedIn('ada')]);
  await tab.session.logIn('ada@example.com', 'pw');
  const hand = keyInHand(tab);
  hand.hold(secret, { isNew: false });
  tab.session.forget();
  expect(hand.get()).toBeUndefined();
});

test.each([
  ['on its own', secret],
  ['with blanks around it', `  ${secret}\n`],
  ['in quotes', `"${secret}"`],
  ['as a line of an .env file', `OPENAI_API_KEY=${secret}`],
  ['as a header', `Authorization: Bearer ${secret}`],
])('a key is found %s', (_, pasted) => {
  expect(keySecretIn(pasted)).toBe(secret);
});

test.each(['', 'sk-123', secret.slice(0, -1), `${secret}x`])('%p is not a key', (pasted) => {
  expect(keySecretIn(pasted)).toBeUndefined();
});

test('no more than the last four characters of a key are shown', () => {
  expect(maskedKey(secret)).toBe(`dpk…${secret.slice(-4)}`);
});
