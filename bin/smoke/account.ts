import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { connect } from '../connect.ts';
import { ask, expectStatus, Finding } from './api.ts';

/** An account to try the deployment with. */
export interface Account {
  email: string;
  password: string;
  /** The account was there before, and stays. */
  isKept: boolean;
  /** Removes it where the API itself could not. */
  remove(): Promise<void>;
}

export interface AccountChoice {
  origin: string;
  /** Of an account that exists. */
  email: string | undefined;
  /** To make an account in. */
  userPoolId: string | undefined;
}

const nothing = async () => {};

/** An account that exists, one made in the user pool, or, on this machine, one that signs up. */
export async function openAccount({ origin, email, userPoolId }: AccountChoice): Promise<Account> {
  if (email !== undefined) {
    const password = process.env.DAYPASS_PASSWORD;
    if (password === undefined) throw new Finding('Set DAYPASS_PASSWORD to the password of --email.');
    return { email, password, isKept: true, remove: nothing };
  }
  const fresh = {
    email: `smoke-${randomBytes(6).toString('hex')}@example.com`,
    password: `Aa1-${randomBytes(12).toString('hex')}`,
    isKept: false,
  };
  if (userPoolId !== undefined) return { ...fresh, remove: await makeUser(userPoolId, fresh) };
  await signUp(origin, fresh);
  return { ...fresh, remove: nothing };
}

/** Without a mail: its address is nobody's. */
async function makeUser(UserPoolId: string, { email, password }: Pick<Account, 'email' | 'password'>) {
  const { cognito, inWords } = connect(undefined);
  const client = cognito();
  const input = { UserPoolId, Username: email };
  const remove = async () => {
    await client.send(new AdminDeleteUserCommand(input));
  };
  try {
    await client.send(
      new AdminCreateUserCommand({
        ...input,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    await client.send(new AdminSetUserPasswordCommand({ ...input, Password: password, Permanent: true }));
    return remove;
  } catch (error) {
    throw inWords(error);
  }
}

/** By the mailbox that the local runtime has, and AWS hasn't. */
async function signUp(origin: string, person: Pick<Account, 'email' | 'password'>): Promise<void> {
  const { email, password } = person;
  const registered = expectStatus(
    await ask(origin, '/v1/register', { body: { email, password } }),
    201,
    'sign up',
  );
  if (registered.status === 'confirmed') return;
  const { body } = await ask(origin, `/_local/mail?to=${encodeURIComponent(email)}`);
  const mails = body?.data as { code: string | null }[] | undefined;
  if (mails === undefined)
    throw new Finding(
      'A code was mailed, and there is no mailbox here to read it from. Name an account that exists (--email), or the user pool to make one in (--user-pool).',
    );
  const code = mails.find((mail) => mail.code !== null)?.code;
  expectStatus(
    await ask(origin, '/v1/register/confirm', {
      body: { email, code, registration: registered.registration },
    }),
    200,
    'confirm the address',
  );
}
