import { setTimeout as sleep } from 'node:timers/promises';
import {
  AddUserPoolClientSecretCommand,
  DeleteUserPoolClientSecretCommand,
  LimitExceededException,
  ListUserPoolClientSecretsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { say } from '../command.ts';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';

/** For the new one to be known everywhere before the old one goes. Cognito takes both. */
const spreadMs = 30_000;

/**
 * Functions keep the secret that they read first. Once that is deleted, Cognito refuses it; they then read the new one and
 * repeat the call: lambda/adapters/cognito/app-client.ts.
 * Can be cut off anywhere and run again: there are never fewer than one secret that has spread.
 */
export async function rotateClientSecret(
  connection: Pick<Connection, 'cognito' | 'isLocal'>,
  { userPoolId: UserPoolId, userPoolClientId: ClientId }: Pick<Deployment, 'userPoolId' | 'userPoolClientId'>,
  dryRun: boolean,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<void> {
  const client = connection.cognito();
  const app = { UserPoolId, ClientId };
  const { ClientSecrets = [] } = await client.send(new ListUserPoolClientSecretsCommand(app));
  const made = (secret: { ClientSecretCreateDate?: Date | undefined }) =>
    secret.ClientSecretCreateDate?.getTime() ?? 0;
  const [old, newer] = [...ClientSecrets].sort((one, other) => made(one) - made(other));
  if (old?.ClientSecretId === undefined) throw new Error(`The app client ${ClientId} has no secret.`);
  if (dryRun) {
    say(`Would ${newer === undefined ? 'add a new secret, and then ' : ''}delete ${old.ClientSecretId}.`);
    return;
  }
  if (newer === undefined) {
    // There can be two: a third is refused after an attempt whose reply was lost.
    const added = await client
      .send(new AddUserPoolClientSecretCommand(app))
      .catch(unless(LimitExceededException));
    say(`Added ${added?.ClientSecretDescriptor?.ClientSecretId ?? 'a new one'}. Cognito takes both.`);
  } else say(`${newer.ClientSecretId} was added before.`);
  // By an earlier run too: it may have been cut off at once.
  if (!connection.isLocal) await wait(spreadMs);
  await client
    .send(new DeleteUserPoolClientSecretCommand({ ...app, ClientSecretId: old.ClientSecretId }))
    .catch(unless(ResourceNotFoundException));
  say(`Deleted ${old.ClientSecretId}. Functions read the new one at their next call.`);
}

/** The call was made already, and its reply was lost. */
const unless =
  (done: new (...args: never[]) => Error) =>
  (error: unknown): undefined => {
    if (!(error instanceof done)) throw error;
    return undefined;
  };
