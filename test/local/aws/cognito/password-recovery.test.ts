import {
  AdminResetUserPasswordCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  latestCode,
  logIn,
  newPassword,
  poolId,
  poolProperties,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
  tokensOf,
  wrongCode,
} from './start-cognito.ts';

const email = 'ada@example.com';
let running: RunningCognito;
let password: string;
beforeEach(async () => {
  running = await startCognito();
  password = newPassword();
  await signUpConfirmed(running, email, password);
});
afterEach(() => running.close());

const forgot = (name = email) =>
  running.client.send(new ForgotPasswordCommand({ ClientId: clientId, Username: name }));
const reset = (code: string, chosen: string, name = email) =>
  running.client.send(
    new ConfirmForgotPasswordCommand({
      ClientId: clientId,
      Username: name,
      ConfirmationCode: code,
      Password: chosen,
    }),
  );

describe('a forgotten password', () => {
  test('is replaced with the mailed code, once', async () => {
    expect((await forgot()).CodeDeliveryDetails).toEqual({
      Destination: 'a***@e***',
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    });
    const chosen = newPassword();
    const code = latestCode(running, email);
    await reset(code, chosen);
    expect(await refusalOf(logIn(running, email, password))).toContain('Incorrect username or password.');
    expect(await refusalOf(logIn(running, email, chosen))).toBe('answered');
    expect(await refusalOf(reset(code, newPassword()))).toBe(
      'ExpiredCodeException: Invalid code provided, please request a code again.',
    );
  });

  test('of 5 concurrent uses of one code only one sets its password', async () => {
    await forgot();
    const code = latestCode(running, email);
    const chosen = Array.from({ length: 5 }, newPassword);
    const answers = await Promise.all(chosen.map((value) => refusalOf(reset(code, value))));
    const winner = answers.indexOf('answered');
    expect(answers.filter((answer) => answer === 'answered')).toHaveLength(1);
    expect(await refusalOf(logIn(running, email, chosen[winner] ?? ''))).toBe('answered');
  });

  test('a code lives an hour, and a weak password does not use it up', async () => {
    await forgot();
    const code = latestCode(running, email);
    expect(await refusalOf(reset(code, 'weak'))).toContain('Password not long enough');
    expect(await refusalOf(reset(wrongCode(code), newPassword()))).toContain('CodeMismatchException');
    running.clock.moveTo(3600);
    expect(await refusalOf(reset(code, newPassword()))).toContain('ExpiredCodeException');
    running.clock.moveTo(3599);
    expect(await refusalOf(reset(code, newPassword()))).toBe('answered');
  });

  test('the codes mailed and tried in an hour are limited', async () => {
    const requests = [];
    for (let request = 0; request < 22; request += 1) requests.push(await refusalOf(forgot()));
    expect(requests.filter((request) => request === 'answered')).toHaveLength(20);
    expect(requests.at(-1)).toContain('LimitExceededException');
    const code = latestCode(running, email);
    for (let guess = 0; guess < 15; guess += 1) await refusalOf(reset(wrongCode(code), newPassword()));
    expect(await refusalOf(reset(code, newPassword()))).toContain('LimitExceededException');
  });

  test('ends a lock-out', async () => {
    for (let failure = 0; failure < 8; failure += 1) {
      running.clock.moveTo(failure * 10);
      await refusalOf(logIn(running, email, 'wrong'));
    }
    expect(await refusalOf(logIn(running, email, password))).toContain('Password attempts exceeded');
    await forgot();
    await reset(latestCode(running, email), password);
    expect(await refusalOf(logIn(running, email, password))).toBe('answered');
  });

  test('is left to the administrator if the pool says so', async () => {
    const AccountRecoverySetting = { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] };
    running.cognito.definePool({ id: poolId, properties: { ...poolProperties, AccountRecoverySetting } });
    expect(await refusalOf(forgot())).toContain('Contact administrator');
  });

  test('an administrator can force the reset', async () => {
    await running.client.send(new AdminResetUserPasswordCommand({ UserPoolId: poolId, Username: email }));
    expect(await refusalOf(logIn(running, email, password))).toBe(
      'PasswordResetRequiredException: Password reset required for the user',
    );
    const chosen = newPassword();
    await reset(latestCode(running, email), chosen);
    expect(await refusalOf(logIn(running, email, chosen))).toBe('answered');
  });
});

describe('changing the password', () => {
  test('needs the old one and a conforming new one, within a few attempts', async () => {
    const { access } = await tokensOf(logIn(running, email, password));
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      refusalOf(
        running.client.send(
          new ChangePasswordCommand({ AccessToken: access, PreviousPassword, ProposedPassword }),
        ),
      );
    const chosen = newPassword();
    expect(await change(password, 'weak')).toContain('InvalidPasswordException');
    expect(await change('wrong', chosen)).toContain('Incorrect username or password.');
    expect(await change(password, chosen)).toBe('answered');
    expect(await refusalOf(logIn(running, email, password))).toContain('Incorrect');
    expect(await refusalOf(logIn(running, email, chosen))).toBe('answered');
    for (let failure = 0; failure < 5; failure += 1) await change('wrong', chosen);
    expect(await change(chosen, newPassword())).toContain('LimitExceededException');
  });
});
