import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  claimsOf,
  clientId,
  logIn,
  newPassword,
  poolId,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
} from './start-cognito.ts';

const email = 'ada@example.com';
let running: RunningCognito;
beforeEach(async () => {
  running = await startCognito();
});
afterEach(() => running.close());

const named = { UserPoolId: poolId, Username: email };
const create = (input: Partial<AdminCreateUserCommandInput> = {}) =>
  running.client.send(new AdminCreateUserCommand({ ...named, ...input }));
const getUser = (name = email) =>
  running.client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: name }));
const answerNewPassword = (Session: string | undefined, chosen: string) =>
  running.client.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: email, NEW_PASSWORD: chosen },
    }),
  );

describe('a user made by an administrator', () => {
  test('is mailed a temporary password and has to replace it at the first login', async () => {
    const { User } = await create({ UserAttributes: [{ Name: 'email_verified', Value: 'true' }] });
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    expect(User?.UserCreateDate).toBeInstanceOf(Date);
    const [mail] = running.mailbox.list(email);
    const temporary = /temporary password is (.*)\.$/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(mail).toMatchObject({ subject: 'Your temporary password', code: null });

    const challenge = await logIn(running, email, temporary);
    expect(challenge).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
    expect(challenge.AuthenticationResult).toBeUndefined();
    expect(JSON.parse(challenge.ChallengeParameters?.userAttributes ?? '')).toMatchObject({ email });
    const chosen = newPassword();
    expect(await refusalOf(answerNewPassword(challenge.Session, 'weak'))).toContain(
      'InvalidPasswordException',
    );
    const answer = await answerNewPassword(challenge.Session, chosen);
    expect(claimsOf(answer.AuthenticationResult?.IdToken ?? '').sub).toBe(User?.Username);
    expect((await getUser()).UserStatus).toBe('CONFIRMED');
    expect(await refusalOf(answerNewPassword(challenge.Session, newPassword()))).toContain('Invalid session');
    expect(await refusalOf(logIn(running, email, temporary))).toContain('Incorrect');
    expect(await refusalOf(logIn(running, email, chosen))).toBe('answered');
  });

  test('cannot use the temporary password after its last day, until it is renewed', async () => {
    const TemporaryPassword = newPassword();
    await create({ TemporaryPassword, MessageAction: 'SUPPRESS' });
    expect(running.mailbox.list()).toEqual([]);
    running.clock.moveTo(3 * 86_400);
    expect(await refusalOf(logIn(running, email, TemporaryPassword))).toBe(
      'NotAuthorizedException: Temporary password has expired and must be reset by an administrator.',
    );
    await create({ TemporaryPassword, MessageAction: 'RESEND' });
    const challenge = await logIn(running, email, TemporaryPassword);
    const answer = await answerNewPassword(challenge.Session, newPassword());
    expect(answer.AuthenticationResult?.TokenType).toBe('Bearer');
    expect(await refusalOf(create({ MessageAction: 'RESEND' }))).toContain('UnsupportedUserStateException');
  });

  test('must have a free name, a conforming password and a way to be notified', async () => {
    await create();
    expect(await refusalOf(create())).toContain('UsernameExistsException');
    const eve = { Username: 'eve@example.com' };
    expect(await refusalOf(create({ ...eve, TemporaryPassword: 'weak' }))).toContain(
      'InvalidPasswordException',
    );
    expect(await refusalOf(create({ ...eve, DesiredDeliveryMediums: ['SMS'] }))).toContain(
      'DesiredDeliveryMediums without EMAIL is not supported',
    );
  });

  test('can be given a permanent password at once', async () => {
    await create();
    const chosen = newPassword();
    const set = { ...named, Password: chosen };
    await running.client.send(new AdminSetUserPasswordCommand({ ...set, Permanent: true }));
    expect((await logIn(running, email, chosen)).AuthenticationResult).toBeDefined();
    await running.client.send(new AdminSetUserPasswordCommand(set));
    expect((await logIn(running, email, chosen)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  });
});

describe('attributes', () => {
  test('are changed by an administrator; a new email becomes the name, unverified, and must be free', async () => {
    const password = newPassword();
    const sub = await signUpConfirmed(running, email, password);
    await signUpConfirmed(running, 'eve@example.com', newPassword());
    const update = (Name: string, Value: string) =>
      running.client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId: poolId,
          Username: sub,
          UserAttributes: [{ Name, Value }],
        }),
      );
    expect(await refusalOf(update('email', 'eve@example.com'))).toContain('AliasExistsException');
    expect(await refusalOf(update('shoe_size', '42'))).toContain('Attribute does not exist in the schema');
    await update('email', 'lovelace@example.com');
    expect((await getUser('lovelace@example.com')).UserAttributes).toContainEqual({
      Name: 'email_verified',
      Value: 'false',
    });
    expect(await refusalOf(getUser(email))).toBe('UserNotFoundException: User does not exist.');
    expect(await refusalOf(logIn(running, 'lovelace@example.com', password))).toBe('answered');
  });
});

describe('deleting', () => {
  test('frees the name, and the next user of it is another one', async () => {
    const password = newPassword();
    const first = await signUpConfirmed(running, email, password);
    await running.client.send(new AdminDeleteUserCommand(named));
    expect(await refusalOf(logIn(running, email, password))).toContain('Incorrect username or password.');
    const second = await signUpConfirmed(running, email, password);
    expect(second).not.toBe(first);
    await running.client.send(new AdminDeleteUserCommand(named));
    expect(await refusalOf(running.client.send(new AdminDeleteUserCommand(named)))).toContain(
      'UserNotFoundException',
    );
  });
});
