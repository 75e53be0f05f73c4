import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSecretHash, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { startSrpClient } from './srp-client.ts';
import {
  claimsOf,
  clientId,
  clientProperties,
  newPassword,
  poolId,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
} from './start-cognito.ts';

const email = 'ada@example.com';
const srp = startSrpClient();
afterAll(() => srp.close());
let running: RunningCognito;
beforeEach(async () => {
  running = await startCognito();
});
afterEach(() => running.close());

/** The flow as an independent client library does it. */
async function signIn(
  name: string,
  password: string,
  change: Record<string, string> = {},
  secretHash: Record<string, string> = {},
): Promise<RespondToAuthChallengeCommandOutput> {
  const session = await srp.createSession(name, password, poolId);
  const challenge = await running.client.send(
    new InitiateAuthCommand(
      wrapInitiateAuth(session, {
        ClientId: clientId,
        AuthFlow: 'USER_SRP_AUTH' as const,
        AuthParameters: { USERNAME: name, ...secretHash },
      }),
    ),
  );
  const answer = wrapAuthChallenge(await srp.sign(session, challenge), {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER' as const,
    ChallengeResponses: { USERNAME: name, ...secretHash },
  });
  Object.assign(answer.ChallengeResponses ?? {}, change);
  return running.client.send(new RespondToAuthChallengeCommand(answer));
}

const startOf = (name: string, clientPublic = 'abcdef') =>
  running.client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: name, SRP_A: clientPublic },
    }),
  );

describe('SRP sign-in', () => {
  test('an independent client signs in, whatever the random numbers, without ever sending the password', async () => {
    for (let round = 0; round < 6; round += 1) {
      const password = newPassword();
      const sub = await signUpConfirmed(running, `${round}@example.com`, password);
      const answer = await signIn(`${round}@example.com`, password);
      expect(claimsOf(answer.AuthenticationResult?.IdToken ?? '').sub).toBe(sub);
      expect(answer.AuthenticationResult?.RefreshToken).toBeDefined();
    }
  });

  test('a wrong password, a changed timestamp and another name are refused alike', async () => {
    const password = newPassword();
    await signUpConfirmed(running, email, password);
    const incorrect = 'NotAuthorizedException: Incorrect username or password.';
    expect(await refusalOf(signIn(email, newPassword()))).toBe(incorrect);
    expect(await refusalOf(signIn(email, password, { TIMESTAMP: 'Mon Jan 1 00:00:00 UTC 2024' }))).toBe(
      incorrect,
    );
    expect(await refusalOf(signIn(email, password, { USERNAME: 'eve@example.com' }))).toBe(incorrect);
    expect(await refusalOf(signIn(email, password))).toBe('answered');
  });

  test('wrong proofs lock out as wrong passwords do', async () => {
    const password = newPassword();
    await signUpConfirmed(running, email, password);
    for (let failure = 0; failure < 5; failure += 1) await refusalOf(signIn(email, newPassword()));
    expect(await refusalOf(signIn(email, password))).toBe(
      'NotAuthorizedException: Password attempts exceeded',
    );
  });

  test('a challenge is answered once', async () => {
    const password = newPassword();
    await signUpConfirmed(running, email, password);
    const session = await srp.createSession(email, password, poolId);
    const challenge = await startOf(email, session.largeA);
    const answer = wrapAuthChallenge(await srp.sign(session, challenge), {
      ClientId: clientId,
      ChallengeName: 'PASSWORD_VERIFIER' as const,
      ChallengeResponses: { USERNAME: email },
    });
    const send = () => refusalOf(running.client.send(new RespondToAuthChallengeCommand(answer)));
    expect([await send(), await send()]).toEqual([
      'answered',
      'NotAuthorizedException: Invalid session for the user.',
    ]);
  });

  test('a challenge expires with the client session validity', async () => {
    const password = newPassword();
    await signUpConfirmed(running, email, password);
    const session = await srp.createSession(email, password, poolId);
    const challenge = await startOf(email, session.largeA);
    running.clock.moveTo(181);
    const answer = wrapAuthChallenge(await srp.sign(session, challenge), {
      ClientId: clientId,
      ChallengeName: 'PASSWORD_VERIFIER' as const,
      ChallengeResponses: { USERNAME: email },
    });
    expect(await refusalOf(running.client.send(new RespondToAuthChallengeCommand(answer)))).toContain(
      'session is expired',
    );
  });

  test('an unknown name gets a challenge of the same form, always the same salt and id, and no way in', async () => {
    await signUpConfirmed(running, email, newPassword());
    const known = (await startOf(email)).ChallengeParameters ?? {};
    const [first, second, upper] = await Promise.all([
      startOf('nobody@example.com'),
      startOf('nobody@example.com'),
      startOf('NOBODY@example.com'),
    ]);
    const unknown = first.ChallengeParameters ?? {};
    expect(Object.keys(unknown).sort()).toEqual(Object.keys(known).sort());
    expect(unknown.USER_ID_FOR_SRP).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    for (const again of [second, upper]) {
      expect(again.ChallengeParameters).toMatchObject({
        SALT: unknown.SALT,
        USER_ID_FOR_SRP: unknown.USER_ID_FOR_SRP,
      });
    }
    expect(await refusalOf(signIn('nobody@example.com', newPassword()))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    );
  });

  test('a public value that would force a known key is refused', async () => {
    await signUpConfirmed(running, email, newPassword());
    for (const forced of ['0', '00', 'not hex']) {
      expect(await refusalOf(startOf(email, forced))).toBe('InvalidParameterException: Invalid SRP_A value.');
    }
  });

  test('a client with a secret has to prove it in both halves', async () => {
    const { ClientSecret = '' } = running.cognito.defineClient({
      id: clientId,
      properties: { ...clientProperties, GenerateSecret: true },
    });
    expect(await refusalOf(startOf(email))).toBe(
      `NotAuthorizedException: Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    );
    const wrong = createSecretHash(email, clientId, `${ClientSecret}x`);
    expect(await refusalOf(signIn(email, newPassword(), {}, { SECRET_HASH: wrong }))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${clientId}`,
    );
    const right = createSecretHash(email, clientId, ClientSecret);
    expect(await refusalOf(signIn(email, newPassword(), {}, { SECRET_HASH: right }))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    );
  });
});
