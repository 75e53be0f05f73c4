import { createHmac } from 'node:crypto';
import { incorrectPassword, invalidParameter, userNotFound } from '../errors.ts';
import { type Client, hidesUserExistence } from '../pools/clients.ts';
import { normalName, type Pool } from '../pools/pools.ts';
import { assertSecretHash, sameText } from '../pools/secret-hash.ts';
import type { CognitoState } from '../state.ts';
import { type AfterPasswordState, type AuthAnswer, afterPassword, sessionMinutes } from './after-password.ts';
import { requiredEntry } from './auth-flows.ts';
import type { PasswordVerifierChallenge } from './challenges.ts';
import { decoyVerifier, expectedSignature, isAcceptablePublicValue, serverPublicValue } from './srp.ts';

type SrpState = AfterPasswordState & Pick<CognitoState, 'users'>;

/** USER_SRP_AUTH, first half: a challenge, simulated for a name that doesn't exist (RFC 5054, 2.5.1.3). */
export function startSrpSignIn(
  state: SrpState,
  pool: Pool,
  client: Client,
  parameters: Record<string, string>,
): AuthAnswer {
  const name = requiredEntry(parameters, 'USERNAME');
  const clientPublic = requiredEntry(parameters, 'SRP_A');
  assertSecretHash(client, parameters.SECRET_HASH, [name]);
  if (!isAcceptablePublicValue(clientPublic)) throw invalidParameter('Invalid SRP_A value.');
  const user = state.users.find(pool, name);
  if (!user && !hidesUserExistence(client)) throw userNotFound();
  state.lockouts.check(pool.id, user?.sub ?? normalName(pool, name));

  const { username, srp } = user ? { username: user.username, srp: user.credential.srp } : decoy(pool, name);
  const secretBlock = state.randomness.bytes(256).toString('base64');
  const secret = state.randomness.bytes(64);
  state.challenges.open(
    secretBlock,
    {
      kind: 'PASSWORD_VERIFIER',
      poolId: pool.id,
      clientId: client.id,
      name,
      username,
      sub: user?.sub,
      verifier: srp.verifier,
      clientPublic,
      serverSecret: secret.toString('hex'),
    },
    sessionMinutes(client),
  );
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: srp.salt,
      SECRET_BLOCK: secretBlock,
      SRP_B: serverPublicValue(srp.verifier, secret),
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

/** The answer to PASSWORD_VERIFIER. A challenge can be answered once. */
export function finishSrpSignIn(
  state: SrpState,
  pool: Pool,
  client: Client,
  responses: Record<string, string>,
): AuthAnswer {
  const name = requiredEntry(responses, 'USERNAME');
  const secretBlock = requiredEntry(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = requiredEntry(responses, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = requiredEntry(responses, 'TIMESTAMP');
  assertSecretHash(client, responses.SECRET_HASH, [name]);
  const challenge = state.challenges.get(secretBlock, 'PASSWORD_VERIFIER', client.id);
  const who = challenge.sub ?? normalName(pool, challenge.name);
  state.lockouts.check(pool.id, who);
  state.challenges.close(secretBlock);

  const expected = expectedSignature(
    { ...challenge, secretBlock: Buffer.from(secretBlock, 'base64') },
    timestamp,
  );
  const proven = sameText(expected.toString('base64'), signature) && isAsked(pool, challenge, name);
  const user = challenge.sub === undefined ? undefined : state.users.bySub(pool.id, challenge.sub);
  if (!proven || user?.credential.srp.verifier !== challenge.verifier) {
    state.lockouts.failed(pool.id, who);
    throw incorrectPassword();
  }
  return afterPassword(state, pool, client, user, challenge.name);
}

/** Clients answer with the name they began with or with the one the challenge gave them. */
function isAsked(pool: Pool, challenge: PasswordVerifierChallenge, name: string): boolean {
  return name === challenge.username || normalName(pool, name) === normalName(pool, challenge.name);
}

function decoy(pool: Pool, name: string) {
  const seed = createHmac('sha256', pool.decoyKey).update(normalName(pool, name)).digest();
  const hex = createHmac('sha256', seed).update('sub').digest('hex');
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return { username: uuid, srp: decoyVerifier(seed) };
}
