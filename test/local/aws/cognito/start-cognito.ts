import { randomBytes } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { type CognitoIdp, createCognito } from '../../../../local/aws/cognito/cognito.ts';
import type { InvokeFunction } from '../../../../local/aws/cognito/triggers.ts';
import type { Clock } from '../../../../local/clock.ts';
import { silentLog } from '../../../../local/log.ts';
import { createMailbox, type Mailbox } from '../../../../local/mail/mail.ts';
import { openStore } from '../../../../local/state/store.ts';
import { serveAws } from '../service-server.ts';
import { cheapSecrets } from './cheap-secrets.ts';

export const poolId = 'us-east-1_Daypass01';
export const clientId = 'client1example';
export const poolArn = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`;

/** What the stack's template says, in short. */
export const poolProperties = {
  UserPoolName: 'daypass',
  UsernameAttributes: ['email'],
  UsernameConfiguration: { CaseSensitive: false },
  AutoVerifiedAttributes: ['email'],
  Policies: {
    PasswordPolicy: {
      MinimumLength: 10,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 3,
    },
  },
  VerificationMessageTemplate: { EmailSubject: 'Welcome', EmailMessage: 'Enter {####} to go on' },
  Schema: [{ Name: 'email', Required: true, Mutable: true }],
};

export const clientProperties = {
  UserPoolId: poolId,
  ClientName: 'api',
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  PreventUserExistenceErrors: 'ENABLED',
  AccessTokenValidity: 30,
  IdTokenValidity: 45,
  RefreshTokenValidity: 10,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
};

/** Stands still until it is moved, so that no test depends on how long it takes. */
interface TestClock extends Clock {
  moveTo(offsetSeconds: number): void;
}

function createTestClock(): TestClock {
  const startedAt = Date.now();
  let offsetSeconds = 0;
  return {
    now: () => startedAt + offsetSeconds * 1000,
    moveTo(seconds) {
      offsetSeconds = seconds;
    },
  };
}

export interface RunningCognito {
  url: string;
  clock: TestClock;
  mailbox: Mailbox;
  cognito: CognitoIdp;
  client: CognitoIdentityProviderClient;
  close(): Promise<void>;
}

export interface CognitoOptions {
  pool?: Record<string, unknown>;
  client?: Record<string, unknown>;
  storePath?: string;
  /** Fixed instead of the server's own address, as after a restart on the same port. */
  issuerBaseUrl?: string;
  /** A signing key of its own, and hashes at their real cost. */
  ownSecrets?: boolean;
  /** For triggers. */
  invokeFunction?: InvokeFunction;
}

/** The stand-in with one pool and one client behind the genuine SDK client. */
export async function startCognito(options: CognitoOptions = {}): Promise<RunningCognito> {
  const store = openStore(options.storePath ?? ':memory:');
  const clock = createTestClock();
  const mailbox = createMailbox({ store, clock, log: silentLog });
  let url = options.issuerBaseUrl ?? '';
  const cognito = createCognito({
    store,
    clock,
    mailbox,
    issuerBaseUrl: () => url,
    ...(options.ownSecrets ? {} : cheapSecrets),
    ...(options.invokeFunction !== undefined && { invokeFunction: options.invokeFunction }),
    region: 'us-east-1',
    accountId: '000000000000',
  });
  const server = await serveAws(cognito);
  url = options.issuerBaseUrl ?? server.url;
  cognito.definePool({ id: poolId, properties: { ...poolProperties, ...options.pool } });
  cognito.defineClient({ id: clientId, properties: { ...clientProperties, ...options.client } });
  const client = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    url: server.url,
    clock,
    mailbox,
    cognito,
    client,
    async close() {
      client.destroy();
      await server.close();
      store.close();
    },
  };
}

/** A password every test pool accepts, another one each time. */
export const newPassword = () => `Aa1!${randomBytes(9).toString('base64url')}`;

export const latestCode = (running: RunningCognito, to: string): string =>
  running.mailbox.list(to)[0]?.code ?? 'no mail';

/** A code that is certainly not the one given. */
export const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

export async function signUpConfirmed(
  running: RunningCognito,
  email: string,
  password: string,
): Promise<string> {
  const { UserSub } = await running.client.send(
    new SignUpCommand({ ClientId: clientId, Username: email, Password: password }),
  );
  await running.client.send(
    new ConfirmSignUpCommand({
      ClientId: clientId,
      Username: email,
      ConfirmationCode: latestCode(running, email),
    }),
  );
  return UserSub ?? '';
}

export function logIn(
  running: RunningCognito,
  email: string,
  password: string,
): Promise<InitiateAuthCommandOutput> {
  return running.client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
}

export interface TokenSet {
  access: string;
  id: string;
  refresh: string;
}

export async function tokensOf(answer: Promise<InitiateAuthCommandOutput>): Promise<TokenSet> {
  const result = (await answer).AuthenticationResult;
  return {
    access: result?.AccessToken ?? '',
    id: result?.IdToken ?? '',
    refresh: result?.RefreshToken ?? '',
  };
}

/** The name and message of the error a call ends in; `answered` when it doesn't. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

/** The key set as anybody finds it. */
export async function keySetOf(running: RunningCognito): Promise<Jwks> {
  const answer = await fetch(`${running.url}/${poolId}/.well-known/jwks.json`);
  return (await answer.json()) as Jwks;
}
