import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  latestCode,
  logIn,
  newPassword,
  poolId,
  type RunningCognito,
  refusalOf,
  startCognito,
  wrongCode,
} from './start-cognito.ts';

let running: RunningCognito;
beforeEach(async () => {
  running = await startCognito();
});
afterEach(() => running.close());

const signUp = (email: string, password = newPassword(), attributes: [string, string][] = []) =>
  running.client.send(
    new SignUpCommand({
      ClientId: clientId,
      Username: email,
      Password: password,
      UserAttributes: attributes.map(([Name, Value]) => ({ Name, Value })),
    }),
  );
const confirm = (email: string, code: string) =>
  running.client.send(
    new ConfirmSignUpCommand({ ClientId: clientId, Username: email, ConfirmationCode: code }),
  );
const resend = (email: string) =>
  running.client.send(new ResendConfirmationCodeCommand({ ClientId: clientId, Username: email }));

describe('sign-up', () => {
  test('a new address gets a mailed code, and with it the account is confirmed and can log in', async () => {
    const password = newPassword();
    const answer = await signUp('ada@example.com', password);
    expect(answer).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
    });
    expect(answer.UserSub).toMatch(/^[0-9a-f-]{36}$/);
    expect(await refusalOf(logIn(running, 'ada@example.com', password))).toBe(
      'UserNotConfirmedException: User is not confirmed.',
    );
    const [mail] = running.mailbox.list('ada@example.com');
    expect(mail).toMatchObject({ subject: 'Welcome', text: `Enter ${mail?.code} to go on` });
    expect(mail?.code).toMatch(/^\d{6}$/);

    await confirm('ada@example.com', mail?.code ?? '');
    expect((await logIn(running, 'ADA@example.com', password)).AuthenticationResult?.TokenType).toBe(
      'Bearer',
    );
    const user = await running.client.send(
      new AdminGetUserCommand({ UserPoolId: poolId, Username: 'ada@example.com' }),
    );
    expect(user).toMatchObject({ Username: answer.UserSub, UserStatus: 'CONFIRMED', Enabled: true });
    expect(user.UserAttributes).toEqual(
      expect.arrayContaining([
        { Name: 'sub', Value: answer.UserSub },
        { Name: 'email', Value: 'ada@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ]),
    );
    expect(user.UserCreateDate).toBeInstanceOf(Date);
  });

  test('an address is taken whatever its case, and of 10 sign-ups at once one wins', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        refusalOf(signUp(index % 2 === 0 ? 'ada@example.com' : 'Ada@Example.com')),
      ),
    );
    expect(answers.filter((answer) => answer === 'answered')).toHaveLength(1);
    expect(new Set(answers)).toEqual(
      new Set(['answered', 'UsernameExistsException: An account with the given email already exists.']),
    );
  });

  test.each([
    ['Aa1!short', 'Password not long enough'],
    ['aa1!longenough', 'Password must have uppercase characters'],
    ['AA1!LONGENOUGH', 'Password must have lowercase characters'],
    ['Aaa!longenough', 'Password must have numeric characters'],
    ['Aa11longenough', 'Password must have symbol characters'],
  ])('the password %s is refused: %s', async (password, rule) => {
    expect(await refusalOf(signUp('ada@example.com', password))).toBe(
      `InvalidPasswordException: Password did not conform with policy: ${rule}`,
    );
  });

  test.each([
    ['a name that is not an address', 'not-an-address', [], 'Username should be an email.'],
    [
      'an attribute outside the schema',
      'ada@example.com',
      [['shoe_size', '42']],
      'A client attempted to write unauthorized attribute',
    ],
    [
      'a self-declared verification',
      'ada@example.com',
      [['email_verified', 'true']],
      'A client attempted to write unauthorized attribute',
    ],
    [
      'another address as attribute',
      'ada@example.com',
      [['email', 'eve@example.com']],
      'The email attribute and the username must be the same.',
    ],
  ] as [string, string, [string, string][], string][])('%s is refused', async (_, email, attributes, why) => {
    expect(await refusalOf(signUp(email, newPassword(), attributes))).toContain(why);
  });

  test('broken constraints are reported together and never repeat a password', async () => {
    const refusal = await refusalOf(signUp('', 'ends in a space '));
    expect(refusal).toContain('InvalidParameterException: 3 validation errors detected:');
    expect(refusal).toContain(
      "Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    );
    expect(refusal).toContain(
      "Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    expect(refusal).not.toContain('ends in');
  });

  test.each([
    ['a space in front', ' Correct-horse-9'],
    ['a tab at the end', 'Correct-horse-9\t'],
    ['a line break inside', 'Correct\nhorse-9'],
  ])('a password with %s is refused by its pattern, not by the policy', async (_, password) => {
    expect(await refusalOf(signUp('ada@example.com', password))).toContain(
      "InvalidParameterException: 1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    );
  });

  test.each([
    ['a space inside', 'Correct horse-9'],
    ['a space of another script at the end', 'Correct-horse-9\u00a0'],
  ])('a password with %s is taken', async (_, password) => {
    await signUp('ada@example.com', password);
  });

  test('a wrong code is a mismatch, an old one expired, and a used one finds the account confirmed', async () => {
    await signUp('ada@example.com');
    const code = latestCode(running, 'ada@example.com');
    expect(await refusalOf(confirm('ada@example.com', wrongCode(code)))).toBe(
      'CodeMismatchException: Invalid verification code provided, please try again.',
    );
    running.clock.moveTo(24 * 3600);
    expect(await refusalOf(confirm('ada@example.com', code))).toBe(
      'ExpiredCodeException: Invalid code provided, please request a code again.',
    );
    running.clock.moveTo(23 * 3600);
    await confirm('ada@example.com', code);
    expect(await refusalOf(confirm('ada@example.com', code))).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
    );
  });

  test('codes cannot be guessed by trying all: the limit holds for the right one too, until the hour is over', async () => {
    await signUp('ada@example.com');
    const code = latestCode(running, 'ada@example.com');
    const refusals = await Promise.all(
      Array.from({ length: 20 }, () => refusalOf(confirm('ada@example.com', wrongCode(code)))),
    );
    expect(refusals.filter((refusal) => refusal.startsWith('CodeMismatch'))).toHaveLength(15);
    expect(await refusalOf(confirm('ada@example.com', code))).toBe(
      'LimitExceededException: Attempt limit exceeded, please try after some time.',
    );
    running.clock.moveTo(3601);
    expect(await refusalOf(confirm('ada@example.com', code))).toBe('answered');
  });

  test('a resent code replaces the first; a confirmed user gets none', async () => {
    await signUp('ada@example.com');
    const first = latestCode(running, 'ada@example.com');
    expect((await resend('ada@example.com')).CodeDeliveryDetails?.Destination).toBe('a***@e***');
    const second = latestCode(running, 'ada@example.com');
    expect(running.mailbox.list('ada@example.com')).toHaveLength(2);
    if (first !== second)
      expect(await refusalOf(confirm('ada@example.com', first))).toContain('CodeMismatch');
    await confirm('ada@example.com', second);
    expect(await refusalOf(resend('ada@example.com'))).toBe(
      'InvalidParameterException: User is already confirmed.',
    );
  });

  test('an administrator confirms without a code, and the code is void', async () => {
    await signUp('ada@example.com');
    const call = new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username: 'ada@example.com' });
    await running.client.send(call);
    expect(await refusalOf(running.client.send(call))).toContain('Current status is CONFIRMED');
  });

  test('a pool for administrators only takes no sign-up', async () => {
    running.cognito.definePool({
      id: poolId,
      properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    });
    expect(await refusalOf(signUp('ada@example.com'))).toBe(
      'NotAuthorizedException: SignUp is not permitted for this user pool',
    );
  });

  test('an unknown client is named', async () => {
    const call = new SignUpCommand({ ClientId: 'nobody', Username: 'a@b.co', Password: newPassword() });
    expect(await refusalOf(running.client.send(call))).toBe(
      'ResourceNotFoundException: User pool client nobody does not exist.',
    );
  });
});
