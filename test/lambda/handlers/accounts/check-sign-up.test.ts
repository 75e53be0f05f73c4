import type { PreSignUpTriggerEvent } from 'aws-lambda';
import { setCatalog } from '../set-catalog.ts';

setCatalog({ signUp: { confirmation: 'email', allowedDomains: ['corp.example'] } });
const { handler } = await import('../../../../lambda/handlers/accounts/check-sign-up.ts');

const asks = (email: string | undefined, triggerSource = 'PreSignUp_SignUp') =>
  ({ triggerSource, request: { userAttributes: { email } } }) as unknown as PreSignUpTriggerEvent;

test.each(['ada@corp.example', 'ADA@Corp.Example'])('%s may sign up', async (email) => {
  const event = asks(email);
  expect(await handler(event)).toBe(event);
});

test.each([
  'ada@evil.example',
  'ada@sub.corp.example',
  'ada@corp.example@evil.example',
  'corp',
  '',
  undefined,
])('%s may not', async (email) => {
  await expect(handler(asks(email))).rejects.toThrow(/^domain_not_allowed$/);
});

test('nor may users of another identity provider', async () => {
  await expect(handler(asks('a@evil.example', 'PreSignUp_ExternalProvider'))).rejects.toThrow();
});

test('a user whom an operator adds may have any address', async () => {
  const event = asks('ada@evil.example', 'PreSignUp_AdminCreateUser');
  expect(await handler(event)).toBe(event);
});
