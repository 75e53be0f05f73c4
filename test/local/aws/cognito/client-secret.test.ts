import { createHmac } from 'node:crypto';
import {
  AddUserPoolClientSecretCommand,
  AdminSetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserPoolClientSecretCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  ListUserPoolClientSecretsCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  clientId as ClientId,
  clientProperties,
  latestCode,
  newPassword,
  poolId,
  type RunningCognito,
  refusalOf,
  startCognito,
} from './start-cognito.ts';

let running: RunningCognito;
let secret: string;
const email = 'ada@example.com';
const password = newPassword();
const hashBy = (key: string, name = email) =>
  createHmac('sha256', key).update(`${name}${ClientId}`).digest('base64');
let refreshToken: string;
let userId: string;

beforeAll(async () => {
  running = await startCognito({ client: { GenerateSecret: true } });
  const properties = { ...clientProperties, GenerateSecret: true };
  secret = running.cognito.defineClient({ id: ClientId, properties }).ClientSecret ?? '';
  const SecretHash = hashBy(secret);
  const made = await running.client.send(
    new SignUpCommand({ ClientId, SecretHash, Username: email, Password: password }),
  );
  userId = made.UserSub ?? '';
  const ConfirmationCode = latestCode(running, email);
  await running.client.send(
    new ConfirmSignUpCommand({ ClientId, SecretHash, Username: email, ConfirmationCode }),
  );
  const login = await running.client.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: SecretHash },
    }),
  );
  refreshToken = login.AuthenticationResult?.RefreshToken ?? '';
});
afterAll(() => running.close());

const Username = email;
const code = { Username, ConfirmationCode: '123456' };
type Hash = string | undefined;
const auth = (hash: Hash, parameters: Record<string, string>) => ({
  ...parameters,
  ...(hash !== undefined && { SECRET_HASH: hash }),
});
const login = { USERNAME: email, PASSWORD: password };
const newPasswordAnswer = { USERNAME: email, NEW_PASSWORD: password };

const byHash: [string, (hash: Hash) => Promise<unknown>][] = [
  [
    'SignUp',
    (SecretHash) =>
      running.client.send(new SignUpCommand({ ClientId, Username, Password: password, SecretHash })),
  ],
  [
    'ConfirmSignUp',
    (SecretHash) => running.client.send(new ConfirmSignUpCommand({ ClientId, ...code, SecretHash })),
  ],
  [
    'ResendConfirmationCode',
    (SecretHash) =>
      running.client.send(new ResendConfirmationCodeCommand({ ClientId, Username, SecretHash })),
  ],
  [
    'ForgotPassword',
    (SecretHash) => running.client.send(new ForgotPasswordCommand({ ClientId, Username, SecretHash })),
  ],
  [
    'ConfirmForgotPassword',
    (SecretHash) =>
      running.client.send(
        new ConfirmForgotPasswordCommand({ ClientId, ...code, Password: password, SecretHash }),
      ),
  ],
  ...(['USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'] as const).map(
    (AuthFlow): [string, (hash: Hash) => Promise<unknown>] => [
      `InitiateAuth ${AuthFlow}`,
      (hash) => {
        const parameters = { ...login, REFRESH_TOKEN: refreshToken };
        return running.client.send(
          new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters: auth(hash, parameters) }),
        );
      },
    ],
  ),
  [
    'RespondToAuthChallenge NEW_PASSWORD_REQUIRED',
    (hash) => {
      const ChallengeResponses = auth(hash, newPasswordAnswer);
      return running.client.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          ChallengeResponses,
        }),
      );
    },
  ],
];

test.each(byHash)('%s requires the right secret hash, for this name', async (_operation, call) => {
  expect(await refusalOf(call(undefined))).toBe(
    `NotAuthorizedException: Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
  );
  for (const wrong of [hashBy(`${secret}x`), hashBy(secret, 'eve@example.com')]) {
    expect(await refusalOf(call(wrong))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${ClientId}`,
    );
  }
});

test.each([
  [
    'GetTokensFromRefreshToken',
    /^NotAuthorizedException: .*secret/,
    (ClientSecret: Hash) =>
      running.client.send(
        new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: refreshToken, ClientSecret }),
      ),
  ],
  [
    'RevokeToken',
    /^UnauthorizedException: Invalid client or secret$/,
    (ClientSecret: Hash) =>
      running.client.send(new RevokeTokenCommand({ ClientId, Token: refreshToken, ClientSecret })),
  ],
] as const)('%s wants the secret itself', async (_operation, refusal, call) => {
  for (const wrong of [undefined, `${secret}x`]) {
    expect(await refusalOf(call(wrong))).toMatch(refusal);
  }
  expect(await refusalOf(call(secret))).toBe('answered');
});

test('a user may be named by id, with the hash of the id', async () => {
  const SecretHash = hashBy(secret, userId);
  const confirm = running.client.send(
    new ConfirmSignUpCommand({ ClientId, Username: userId, ConfirmationCode: '123456', SecretHash }),
  );
  expect(await refusalOf(confirm)).toContain('User cannot be confirmed. Current status is CONFIRMED');
});

test('a signed call about a user alone requires none', async () => {
  const set = new AdminSetUserPasswordCommand({
    UserPoolId: poolId,
    Username: email,
    Password: newPassword(),
  });
  expect(await refusalOf(running.client.send(set))).toBe('answered');
});

test('a second secret counts beside the first, until that is deleted; a third, and none, are refused', async () => {
  const app = { UserPoolId: poolId, ClientId };
  /** Cognito checks the hash before the password. */
  const isTaken = async (key: string) => {
    const command = new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: newPassword(), SECRET_HASH: hashBy(key) },
    });
    const { message } = await running.client.send(command).then(
      () => new Error('logged in'),
      (error: Error) => error,
    );
    expect(message).toMatch(/^Incorrect username|^Unable to verify secret hash/);
    return message.startsWith('Incorrect username');
  };
  const { ClientSecretDescriptor: added } = await running.client.send(
    new AddUserPoolClientSecretCommand(app),
  );
  const fresh = added?.ClientSecretValue ?? '';
  for (const key of [secret, fresh]) expect(await isTaken(key)).toBe(true);
  await expect(running.client.send(new AddUserPoolClientSecretCommand(app))).rejects.toMatchObject({
    name: 'LimitExceededException',
  });
  const { ClientSecrets = [] } = await running.client.send(new ListUserPoolClientSecretsCommand(app));
  expect(ClientSecrets).toHaveLength(2);
  expect(JSON.stringify(ClientSecrets)).not.toContain(fresh);
  const [old] = ClientSecrets;
  const remove = (ClientSecretId: string | undefined) =>
    running.client.send(new DeleteUserPoolClientSecretCommand({ ...app, ClientSecretId }));
  await expect(remove('another')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await remove(old?.ClientSecretId);
  expect([await isTaken(secret), await isTaken(fresh)]).toEqual([false, true]);
  await expect(remove(added?.ClientSecretId)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  // A deploy that changes nothing of it keeps it.
  const properties = { ...clientProperties, GenerateSecret: true };
  expect(running.cognito.defineClient({ id: ClientId, properties }).ClientSecret).toBe(fresh);
});
