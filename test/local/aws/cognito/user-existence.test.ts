import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  clientProperties,
  newPassword,
  type RunningCognito,
  signUpConfirmed,
  startCognito,
} from './start-cognito.ts';

const known = 'ada@example.com';
const unconfirmed = 'amy@example.com';
const unknown = 'abe@example.com';
let running: RunningCognito;
beforeEach(async () => {
  running = await startCognito();
  await signUpConfirmed(running, known, newPassword());
  await running.client.send(
    new SignUpCommand({ ClientId: clientId, Username: unconfirmed, Password: newPassword() }),
  );
});
afterEach(() => running.close());

/** All a caller can see of an answer, save what differs in every answer. */
async function seen(call: Promise<object>): Promise<object> {
  try {
    const { $metadata, ...answer } = (await call) as { $metadata: { httpStatusCode: number } };
    return { status: $metadata.httpStatusCode, answer };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata: { httpStatusCode: number } };
    return { status: $metadata.httpStatusCode, name, message };
  }
}

const of = (name: string) => ({ ClientId: clientId, Username: name });
const logInAs = (name: string) => {
  const AuthParameters = { USERNAME: name, PASSWORD: 'wrong' };
  const input = { ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH' as const, AuthParameters };
  return seen(running.client.send(new InitiateAuthCommand(input)));
};
const forgot = (name: string) => seen(running.client.send(new ForgotPasswordCommand(of(name))));
const resend = (name: string) => seen(running.client.send(new ResendConfirmationCodeCommand(of(name))));
const confirm = (name: string) =>
  seen(running.client.send(new ConfirmSignUpCommand({ ...of(name), ConfirmationCode: 'no-code' })));
const reset = (name: string) => {
  const input = { ...of(name), ConfirmationCode: 'no-code', Password: newPassword() };
  return seen(running.client.send(new ConfirmForgotPasswordCommand(input)));
};

describe('a known and an unknown address get identical answers', () => {
  test('to 8 logins with a wrong password, the lock-out included', async () => {
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const [first, second] = [await logInAs(known), await logInAs(unknown)];
      expect(second).toEqual(first);
      expect(first).toMatchObject({ status: 400, name: 'NotAuthorizedException' });
    }
  });

  test('to requesting and entering a reset code, up to the limits', async () => {
    expect(await reset(unknown)).toEqual(await reset(known));
    for (let attempt = 0; attempt < 22; attempt += 1) {
      expect(await forgot(unknown)).toEqual(await forgot(known));
    }
    for (let attempt = 0; attempt < 16; attempt += 1) {
      expect(await reset(unknown)).toEqual(await reset(known));
    }
    expect(await reset(unknown)).toMatchObject({ name: 'LimitExceededException' });
  });

  test('to resending and entering a confirmation code', async () => {
    const sent = await resend(unconfirmed);
    expect(sent).toMatchObject({ status: 200 });
    expect(await resend(unknown)).toEqual(sent);
    expect(await confirm(unknown)).toEqual(await confirm(unconfirmed));
    expect(await confirm(unknown)).toMatchObject({ name: 'CodeMismatchException' });
  });

  test('to a reset, as does an unverified address, and neither gets a mail', async () => {
    const before = running.mailbox.list().length;
    expect(await forgot(unconfirmed)).toEqual(await forgot(unknown));
    expect(running.mailbox.list()).toHaveLength(before);
  });

  test('whatever the case of the address', async () => {
    expect(await forgot(unknown.toUpperCase())).toEqual(await forgot(known.toUpperCase()));
    expect(await logInAs(unknown.toUpperCase())).toEqual(await logInAs(known.toUpperCase()));
  });
});

describe('a client without PreventUserExistenceErrors', () => {
  test('learns that the user does not exist', async () => {
    const properties = { ...clientProperties, PreventUserExistenceErrors: 'LEGACY' };
    running.cognito.defineClient({ id: clientId, properties });
    const missing = { status: 400, name: 'UserNotFoundException' };
    expect(await logInAs(unknown)).toEqual({ ...missing, message: 'User does not exist.' });
    for (const call of [forgot, resend, confirm, reset]) {
      expect(await call(unknown)).toEqual({
        ...missing,
        message: 'Username/client id combination not found.',
      });
    }
  });
});
