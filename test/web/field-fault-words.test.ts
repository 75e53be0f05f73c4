import type * as z from 'zod';
import { emailBody, loginBody } from '../../core/contract/accounts/account-requests.ts';
import { challengeBody } from '../../core/contract/accounts/authenticator.ts';
import { changePasswordBody } from '../../core/contract/accounts/sessions.ts';
import { inviteUserBody } from '../../core/contract/admin/users.ts';
import { feedbackBody } from '../../core/contract/feedback.ts';
import { issueWords } from '../../core/contract/issue-words.ts';
import { createKeyBody } from '../../core/contract/key-requests.ts';
import { providerKeyBody } from '../../core/contract/provider-keys.ts';
import { fieldFaultWords } from '../../web/field-fault-words.ts';
import { speak } from '../../web/language/t.ts';
import { catalogues } from './language/catalogues.ts';

afterEach(() => speak({ locale: 'en-GB', catalogue: {} }));

const german = () => ({ locale: 'de-DE', catalogue: catalogues()[0]?.catalogue ?? {} });
const key = (change: object) => ({ name: 'Laptop', plan: '10-per-day', ...change });
const many = (count: number) => 'a'.repeat(count);

/** Each with what a form can send of it. */
const typed: readonly [string, z.ZodType, unknown][] = [
  ['no name', createKeyBody, key({ name: ' ' })],
  ['a long name', createKeyBody, key({ name: many(101) })],
  ['a name with a control character', createKeyBody, key({ name: 'a\u0007b' })],
  ['no plan', createKeyBody, key({ plan: '' })],
  ['half a request', createKeyBody, key({ limits: { requestsPerDay: 0.5 } })],
  ['no request', createKeyBody, key({ limits: { requestsPerDay: 0 } })],
  ['no number', createKeyBody, key({ limits: { requestsPerDay: Number.NaN } })],
  ['too little money', createKeyBody, key({ limits: { dollarsPerDay: 0.001 } })],
  ['no amount of money', createKeyBody, key({ limits: { dollarsPerMonth: Number.NaN } })],
  ['an address in place of a host', createKeyBody, key({ allowedHosts: ['https://a.example'] })],
  ['a host that no browser names', createKeyBody, key({ allowedHosts: ['null'] })],
  ['a long host', createKeyBody, key({ allowedHosts: [many(254)] })],
  ['many hosts', createKeyBody, key({ allowedHosts: Array.from({ length: 51 }, () => 'a.example') })],
  ['no address', emailBody, { email: '' }],
  ['a long address', emailBody, { email: `${many(250)}@example.com` }],
  ['many characters before the @', inviteUserBody, { email: `${many(65)}@example.com` }],
  ['no password', loginBody, { email: 'ada@example.com', password: '' }],
  ['a long password', loginBody, { email: 'ada@example.com', password: many(257) }],
  ['the same password', changePasswordBody, { currentPassword: 'Aa1aaaaaaaaa', newPassword: 'Aa1aaaaaaaaa' }],
  ['no code', challengeBody, { session: 'x', email: 'ada@example.com', code: '12' }],
  ['a short provider key', providerKeyBody, { key: 'abc' }],
  ['a long provider key', providerKeyBody, { key: many(513) }],
  ['a provider key with an umlaut', providerKeyBody, { key: 'schlüssel' }],
  ['no day', inviteUserBody, { email: 'ada@example.com', endsAt: 'tomorrow' }],
  ['no feedback', feedbackBody, { message: '' }],
  ['long feedback', feedbackBody, { message: many(4001) }],
];

test.each(typed)('%s is told to a reader of German in German', (_, schema, body) => {
  const faults = schema.safeParse(body, { error: issueWords }).error?.issues ?? [];
  expect(faults.length).toBeGreaterThan(0);
  speak(german());
  for (const { message } of faults) {
    expect(fieldFaultWords(message)).not.toBe(message);
    expect(fieldFaultWords(message)).not.toMatch(/\b(?:must|is required|not valid)\b/);
  }
});

test('figures are written as the reader’s locale does', () => {
  speak(german());
  expect(fieldFaultWords('must be US dollars from 0.01 to 1000000')).toBe(
    'muss zwischen 0,01 und 1.000.000 US-Dollar liegen',
  );
  expect(fieldFaultWords('must have at most 4000 characters')).toBe('darf höchstens 4.000 Zeichen haben');
});

test('a reader of English gets the contract’s words', () => {
  expect(fieldFaultWords('must have at most 4000 characters')).toBe('must have at most 4000 characters');
});
