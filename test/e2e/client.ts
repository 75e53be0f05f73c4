import { randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { checkAgainstOpenApi } from './openapi-check.ts';
import type { RunningRuntime } from './runtime.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the contract check has already proven
  body: any;
  text: string;
}

export interface Call {
  method?: string;
  token?: string | undefined;
  key?: string | undefined;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** One call over HTTP; its answer is checked against the platform's own OpenAPI document. */
export async function call(base: string, path: string, options: Call = {}): Promise<Answer> {
  const method = options.method ?? (options.body === undefined ? 'GET' : 'POST');
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...(options.key !== undefined && { 'x-api-key': options.key }),
      ...options.headers,
    },
    ...(options.body !== undefined && {
      body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
    }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const answer = {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
  await checkAgainstOpenApi(base, method, path, answer);
  return answer;
}

export interface Person {
  email: string;
  password: string;
  token: string;
  refreshToken: string;
}

/** A password that meets the policy, made anew each time. */
export function newPassword(): string {
  return `Aa1${randomBytes(12).toString('hex')}`;
}

export function newEmail(): string {
  return `user-${randomBytes(6).toString('hex')}@example.com`;
}

export async function newestCode(runtime: RunningRuntime, email: string): Promise<string> {
  const response = await fetch(`${runtime.edge}/_local/mail?to=${encodeURIComponent(email)}`);
  const { data } = (await response.json()) as { data: { code: string }[] };
  const [mail] = data;
  if (mail === undefined) throw new Error(`no mail for ${email}`);
  return mail.code;
}

/**
 * Adds a confirmed person by Cognito, as an operator may, and logs in. For tests that only need somebody: the routes for
 * signing up take whole seconds, so that they tell nothing of an address.
 */
export async function addPerson(
  runtime: Pick<RunningRuntime, 'edge' | 'aws'>,
  email = newEmail(),
): Promise<Person> {
  const person = { email, password: newPassword() };
  const cognito = new CognitoIdentityProviderClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    const user = { UserPoolId: UserPools?.[0]?.Id, Username: person.email };
    const UserAttributes = [
      { Name: 'email', Value: person.email },
      { Name: 'email_verified', Value: 'true' },
    ];
    await cognito.send(new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: 'SUPPRESS' }));
    await cognito.send(
      new AdminSetUserPasswordCommand({ ...user, Password: person.password, Permanent: true }),
    );
  } finally {
    cognito.destroy();
  }
  return logIn(runtime, person);
}

async function logIn(
  { edge }: Pick<RunningRuntime, 'edge'>,
  person: { email: string; password: string },
): Promise<Person> {
  const { status, body } = await call(edge, '/v1/login', { body: person });
  if (status !== 200) throw new Error(`login answered ${status}`);
  return { ...person, token: body.token, refreshToken: body.refreshToken };
}

/** Signs a new person up, confirms the address and logs in. */
export async function signUp(runtime: RunningRuntime, email = newEmail()): Promise<Person> {
  const person = { email, password: newPassword() };
  await call(runtime.edge, '/v1/register', { body: person });
  const code = await newestCode(runtime, person.email);
  await call(runtime.edge, '/v1/register/confirm', { body: { email: person.email, code } });
  return logIn(runtime, person);
}

/** @returns the new key as answered, with its secret */
export async function createKey(
  runtime: RunningRuntime,
  token: string,
  fields: Record<string, unknown> = {},
): Promise<{ id: string; key: string }> {
  const { status, body } = await call(runtime.edge, '/v1/api-keys', {
    token,
    body: { name: 'test', plan: '10-per-day', ...fields },
  });
  if (status !== 201) throw new Error(`create key answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

export function chatBody(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    model: 'nova-lite',
    messages: [{ role: 'user', content: 'Say something.' }],
    max_tokens: 12,
    ...fields,
  };
}

/** A person whom the operator has made an admin, logged in since. */
export async function addAdmin(runtime: Pick<RunningRuntime, 'edge' | 'aws'>): Promise<Person> {
  const { email, password } = await addPerson(runtime);
  const cognito = new CognitoIdentityProviderClient({
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    const member = { UserPoolId: UserPools?.[0]?.Id, Username: email, GroupName: 'admins' };
    await cognito.send(new AdminAddUserToGroupCommand(member));
  } finally {
    cognito.destroy();
  }
  return logIn(runtime, { email, password });
}
