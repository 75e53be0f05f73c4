import {
  AdminAddUserToGroupCommand,
  AdminDeleteUserCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import {
  claimsOf,
  clientId,
  clientProperties,
  keySetOf,
  logIn,
  newPassword,
  poolArn,
  poolId,
  type RunningCognito,
  refusalOf,
  signUpConfirmed,
  startCognito,
  type TokenSet,
  tokensOf,
} from './start-cognito.ts';

const email = 'ada@example.com';
let running: RunningCognito;
let password: string;
let sub: string;
beforeEach(async () => {
  running = await startCognito();
  password = newPassword();
  sub = await signUpConfirmed(running, email, password);
});
afterEach(() => running.close());

const login = (): Promise<TokenSet> => tokensOf(logIn(running, email, password));
const refresh = (token: string, client = clientId) =>
  running.client.send(
    new InitiateAuthCommand({
      ClientId: client,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: token },
    }),
  );
/** The one operation here that takes an access token; the password stays what it is. */
const use = (access: string) =>
  running.client.send(
    new ChangePasswordCommand({
      AccessToken: access,
      PreviousPassword: password,
      ProposedPassword: password,
    }),
  );
const renew = (token: string) =>
  running.client.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken: token }));

describe('tokens', () => {
  test('carry Cognito’s claims, with groups by precedence', async () => {
    for (const [id, Precedence] of [
      ['users', 5],
      ['admins', 1],
    ] as const) {
      running.cognito.defineGroup({ id, properties: { UserPoolId: poolId, Precedence } });
      const member = { UserPoolId: poolId, Username: email, GroupName: id };
      await running.client.send(new AdminAddUserToGroupCommand(member));
    }
    const { id, access } = await login();
    const [idClaims, accessClaims] = [claimsOf(id), claimsOf(access)];
    const shared = {
      sub,
      iss: `${running.url}/${poolId}`,
      'cognito:groups': ['admins', 'users'],
      auth_time: idClaims.iat,
      origin_jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      event_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    };
    expect(idClaims).toMatchObject({
      ...shared,
      aud: clientId,
      token_use: 'id',
      email,
      email_verified: true,
      'cognito:username': sub,
      exp: Number(idClaims.iat) + 45 * 60,
    });
    expect(accessClaims).toMatchObject({
      ...shared,
      client_id: clientId,
      token_use: 'access',
      username: sub,
      scope: 'aws.cognito.signin.user.admin',
      exp: Number(accessClaims.iat) + 30 * 60,
    });
    expect(accessClaims).not.toHaveProperty('email');
  });

  test('are verified by unmodified aws-jwt-verify with the key set at the issuer', async () => {
    const { id } = await login();
    const issuer = `${running.url}/${poolId}`;
    const discovery = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    expect(discovery).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
    const keys = await keySetOf(running);
    expect(keys.keys).toEqual([
      expect.objectContaining({ alg: 'RS256', kty: 'RSA', use: 'sig', kid: expect.any(String) }),
    ]);
    expect(Object.keys(keys.keys[0] ?? {})).not.toContain('d');
    const verifier = JwtVerifier.create({ issuer, audience: clientId });
    verifier.cacheJwks(keys);
    expect((await verifier.verify(id)).sub).toBe(sub);
    await expect(verifier.verify(`${id.slice(0, -4)}AAAA`)).rejects.toThrow();
  });

  test("pass Cognito's own verifier once the issuer is the real one's", async () => {
    await running.close();
    const issuerBaseUrl = 'https://cognito-idp.us-east-1.amazonaws.com';
    running = await startCognito({ issuerBaseUrl });
    await signUpConfirmed(running, email, password);
    const { id, access } = await login();
    const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId });
    verifier.cacheJwks(await keySetOf(running));
    expect((await verifier.verify(id, { tokenUse: 'id' })).email).toBe(email);
    expect((await verifier.verify(access, { tokenUse: 'access' })).client_id).toBe(clientId);
    await expect(verifier.verify(access, { tokenUse: 'id' })).rejects.toThrow();
  });

  test('an unknown pool has no key set', async () => {
    expect((await fetch(`${running.url}/us-east-1_Nobody000/.well-known/jwks.json`)).status).toBe(404);
  });

  test('of type ID satisfy the authorizer until they expire by the injected clock', async () => {
    const { id } = await login();
    expect(await running.cognito.verifyIdToken(poolArn, id)).toMatchObject({ sub, email, aud: clientId });
    running.clock.moveTo(45 * 60 + 1);
    expect(await running.cognito.verifyIdToken(poolArn, id)).toBeUndefined();
  });

  test('show only the attributes that the client may read', async () => {
    const readable = { ...clientProperties, ReadAttributes: ['email_verified'] };
    running.cognito.defineClient({ id: clientId, properties: readable });
    const claims = claimsOf((await login()).id);
    expect(claims).not.toHaveProperty('email');
    expect(claims).toHaveProperty('email_verified', true);
  });

  test('of type access alone let a user act, until they expire', async () => {
    const { access, id } = await login();
    expect(await refusalOf(use(access))).toBe('answered');
    expect(await refusalOf(use(id))).toBe('NotAuthorizedException: Invalid Access Token');
    expect(await refusalOf(use(`${access}x`))).toBe('NotAuthorizedException: Invalid Access Token');
    running.clock.moveTo(30 * 60 + 1);
    expect(await refusalOf(use(access))).toBe('NotAuthorizedException: Access Token has expired');
  });
});

describe('refresh tokens', () => {
  test('give new access and ID tokens of the same login and no new refresh token', async () => {
    const first = await login();
    running.clock.moveTo(3600);
    const answer = (await refresh(first.refresh)).AuthenticationResult;
    expect(answer?.RefreshToken).toBeUndefined();
    const [before, after] = [claimsOf(first.id), claimsOf(answer?.IdToken ?? '')];
    expect(after).toMatchObject({ auth_time: before.auth_time, origin_jti: before.origin_jti });
    expect(Number(after.exp)).toBeGreaterThan(Number(before.exp));
    expect(await refusalOf(use(answer?.AccessToken ?? ''))).toBe('answered');
  });

  test('expire, are bound to their client, and cannot be guessed', async () => {
    running.cognito.defineClient({ id: 'client2', properties: clientProperties });
    const tokens = await login();
    expect(await refusalOf(refresh(tokens.refresh, 'client2'))).toBe(
      'NotAuthorizedException: Invalid Refresh Token',
    );
    expect(await refusalOf(refresh(`${tokens.refresh}x`))).toBe(
      'NotAuthorizedException: Invalid Refresh Token',
    );
    running.clock.moveTo(10 * 86_400);
    expect(await refusalOf(refresh(tokens.refresh))).toBe(
      'NotAuthorizedException: Refresh Token has expired',
    );
  });

  test('once revoked end along with their access tokens, and no others', async () => {
    const [mine, other] = [await login(), await login()];
    const revoke = new RevokeTokenCommand({ ClientId: clientId, Token: mine.refresh });
    await running.client.send(revoke);
    await running.client.send(revoke);
    expect(await refusalOf(refresh(mine.refresh))).toBe(
      'NotAuthorizedException: Refresh Token has been revoked',
    );
    expect(await refusalOf(use(mine.access))).toBe('NotAuthorizedException: Access Token has been revoked');
    expect(await refusalOf(use(other.access))).toBe('answered');
    expect(await refusalOf(refresh(other.refresh))).toBe('answered');
  });

  test('are the only kind that can be revoked, by their own client, where revocation is on', async () => {
    running.cognito.defineClient({ id: 'client2', properties: clientProperties });
    const tokens = await login();
    const revoke = (Token: string, ClientId: string) =>
      refusalOf(running.client.send(new RevokeTokenCommand({ ClientId, Token })));
    expect(await revoke(tokens.access, clientId)).toContain('UnsupportedTokenTypeException');
    expect(await revoke(tokens.refresh, 'client2')).toContain('UnauthorizedException');
    expect(await refusalOf(refresh(tokens.refresh))).toBe('answered');
    const properties = { ...clientProperties, EnableTokenRevocation: false };
    running.cognito.defineClient({ id: clientId, properties });
    expect(await revoke(tokens.refresh, clientId)).toContain('UnsupportedOperationException');
    expect(claimsOf((await login()).id)).not.toHaveProperty('origin_jti');
  });

  test('all end by a global sign-out, and a new login works at once', async () => {
    const [one, two] = [await login(), await login()];
    const user = { UserPoolId: poolId, Username: email };
    await running.client.send(new AdminUserGlobalSignOutCommand(user));
    for (const { access, refresh: token } of [one, two]) {
      expect(await refusalOf(use(access))).toBe('NotAuthorizedException: Access Token has been revoked');
      expect(await refusalOf(refresh(token))).toBe('NotAuthorizedException: Refresh Token has been revoked');
    }
    expect(await refusalOf(use((await login()).access))).toBe('answered');
  });

  test('die with their user', async () => {
    const tokens = await login();
    await running.client.send(new AdminDeleteUserCommand({ UserPoolId: poolId, Username: email }));
    expect(await refusalOf(use(tokens.access))).toBe('UserNotFoundException: User does not exist.');
    expect(await refusalOf(refresh(tokens.refresh))).toContain('NotAuthorizedException');
  });

  test('rotate where the client says so: the old one works for the grace period, then ends the login', async () => {
    const RefreshTokenRotation = { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 };
    running.cognito.defineClient({ id: clientId, properties: { ...clientProperties, RefreshTokenRotation } });
    const first = await login();
    expect(await refusalOf(refresh(first.refresh))).toContain('use GetTokensFromRefreshToken');
    const second = (await renew(first.refresh)).AuthenticationResult;
    expect(second?.RefreshToken).not.toBe(first.refresh);
    running.clock.moveTo(20);
    expect(await refusalOf(renew(first.refresh))).toBe('answered');
    running.clock.moveTo(60);
    expect(await refusalOf(renew(first.refresh))).toContain('RefreshTokenReuseException');
    expect(await refusalOf(renew(second?.RefreshToken ?? ''))).toContain('revoked');
  });

  test('without rotation are renewed by GetTokensFromRefreshToken too', async () => {
    const tokens = await login();
    const answer = (await renew(tokens.refresh)).AuthenticationResult;
    expect(answer).toMatchObject({ ExpiresIn: 1800, TokenType: 'Bearer' });
    expect(answer?.RefreshToken).toBeUndefined();
  });
});
