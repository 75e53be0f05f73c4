import { setTimeout as sleep } from 'node:timers/promises';
import {
  AddUserPoolClientSecretCommand,
  DeleteUserPoolClientSecretCommand,
  ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { say } from '../command.ts';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';

/** For the new one to be known everywhere before the old one goes. Cognito takes both. */
const spreadMs = 30_000;

/**
 * Functions keep the secret that they read first. Once that is deleted, Cognito refuses it; they then read the new one and
 * repeat the call: lambda/adapters/cognito/app-client.ts.
 */
export async function rotateClientSecret(
  connection: Connection,
  { userPoolId: UserPoolId, userPoolClientId: ClientId }: Deployment,
  dryRun: boolean,
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
    const { ClientSecretDescriptor } = await client.send(new AddUserPoolClientSecretCommand(app));
    say(`Added ${ClientSecretDescriptor?.ClientSecretId}. Cognito takes both.`);
    if (!connection.isLocal) await sleep(spreadMs);
  } else say(`${newer.ClientSecretId} was added before.`);
  await client.send(new DeleteUserPoolClientSecretCommand({ ...app, ClientSecretId: old.ClientSecretId }));
  say(`Deleted ${old.ClientSecretId}. Functions read the new one at their next call.`);
}
