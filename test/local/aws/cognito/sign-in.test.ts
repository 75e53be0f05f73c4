import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId,
  clientProperties,
  logIn,
  newPassword,
  poolId,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
  tokensOf,
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

const tryPassword = (value: string) => refusalOf(logIn(running, email, value));
const incorrect = 'NotAuthorizedException: Incorrect username or password.';
const locked = 'NotAuthorizedException: Password attempts exceeded';

describe('password login', () => {
  test('answers three tokens with the client’s access token lifetime', async () => {
    const { AuthenticationResult, ChallengeName } = await logIn(running, email, password);
    expect(ChallengeName).toBeUndefined();
    expect(AuthenticationResult).toMatchObject({ ExpiresIn: 1800, TokenType: 'Bearer' });
    expect(AuthenticationResult?.RefreshToken).toMatch(/^[\w-]{100,}$/);
  });

  test('takes the sub as a name too', async () => {
    const sub = await signUpConfirmed(running, 'grace@example.com', password);
    expect((await logIn(running, sub, password)).AuthenticationResult).toBeDefined();
  });

  test('from the fifth wrong password on, waiting doubles, and even the right one has to wait', async () => {
    for (let failure = 0; failure < 5; failure += 1) expect(await tryPassword('wrong')).toBe(incorrect);
    expect(await tryPassword(password)).toBe(locked);
    running.clock.moveTo(10);
    expect(await tryPassword('wrong')).toBe(incorrect);
    expect(await tryPassword(password)).toBe(locked);
    running.clock.moveTo(30);
    expect(await tryPassword(password)).toBe('answered');
    for (let failure = 0; failure < 4; failure += 1) expect(await tryPassword('wrong')).toBe(incorrect);
    expect(await tryPassword(password)).toBe('answered');
  });

  test('a lock-out never outlasts 15 minutes, and 15 quiet minutes start the count over', async () => {
    let offset = 0;
    for (let failure = 0; failure < 20; failure += 1) {
      await tryPassword('wrong');
      offset += 899;
      running.clock.moveTo(offset);
    }
    running.clock.moveTo(offset + 910);
    for (let failure = 0; failure < 4; failure += 1) expect(await tryPassword('wrong')).toBe(incorrect);
    expect(await tryPassword(password)).toBe('answered');
  });

  test('of 30 concurrent wrong passwords 5 are tried', async () => {
    const refusals = await Promise.all(Array.from({ length: 30 }, () => tryPassword('wrong')));
    expect(refusals.filter((refusal) => refusal === incorrect)).toHaveLength(5);
    expect(refusals.filter((refusal) => refusal === locked)).toHaveLength(25);
  });

  test('30 right passwords at once all log in', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => tryPassword(password)));
    expect(new Set(answers)).toEqual(new Set(['answered']));
  });

  test('a disabled user learns of it only with the right password, and old tokens stay revoked', async () => {
    const { refresh } = await tokensOf(logIn(running, email, password));
    await running.client.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: email }));
    expect(await tryPassword('wrong')).toBe(incorrect);
    expect(await tryPassword(password)).toBe('NotAuthorizedException: User is disabled.');
    await running.client.send(new AdminEnableUserCommand({ UserPoolId: poolId, Username: email }));
    expect(await tryPassword(password)).toBe('answered');
    const refreshing = new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refresh },
    });
    expect(await refusalOf(running.client.send(refreshing))).toBe(
      'NotAuthorizedException: Refresh Token has been revoked',
    );
  });

  test.each([
    ['USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH flow not enabled for this client'],
    ['ADMIN_USER_PASSWORD_AUTH', 'Initiate Auth method not supported.'],
    ['USER_SRP_AUTH', 'AuthFlow USER_SRP_AUTH is not supported by the local Cognito stand-in.'],
    ['REFRESH_TOKEN_AUTH', 'Auth flow not enabled for this client'],
    ['CUSTOM_AUTH', 'AuthFlow CUSTOM_AUTH is not supported by the local Cognito stand-in.'],
  ] as const)('%s is refused where it is not enabled or not there', async (AuthFlow, why) => {
    running.cognito.defineClient({
      id: clientId,
      properties: { ...clientProperties, ExplicitAuthFlows: [] },
    });
    const call = new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow,
      AuthParameters: { USERNAME: email, PASSWORD: password, REFRESH_TOKEN: 'x' },
    });
    expect(await refusalOf(running.client.send(call))).toBe(`InvalidParameterException: ${why}`);
  });

  test.each([
    ['USERNAME', { PASSWORD: 'x' }],
    ['PASSWORD', { USERNAME: email }],
  ])('a missing %s is named', async (name, AuthParameters) => {
    const call = new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters,
    });
    expect(await refusalOf(running.client.send(call))).toBe(
      `InvalidParameterException: Missing required parameter ${name}`,
    );
  });
});
