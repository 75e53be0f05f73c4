import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { paginateListUsersInGroup } from '@aws-sdk/client-cognito-identity-provider';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { itemToJson } from '../archive/item-json.ts';
import { kindOf } from '../archive/item-kinds.ts';
import { createSealer, readPassphrase, type Sealer } from '../archive/passphrase.ts';
import { archiveVersion, type Content, requireFree, writeArchive } from '../archive/write-archive.ts';
import { place, portOf, runCommand, say, table } from '../command.ts';
import { type Connection, connect } from '../connect.ts';
import { type Deployment, directoryUsers, findDeployment, gatewaySecrets, toUser } from '../deployment.ts';
import { openProviderKey } from './open-provider-key.ts';

const help = `Writes a deployment's users, records and settings to a file: to keep it, or to move to another place.

Usage: npm run export -- FILE [options]

  --with-secrets           also the secrets of keys, from API Gateway, and users' own provider keys, opened by KMS; all
                           sealed by a passphrase of 16 characters or more. Without them, keys can't move
  --passphrase-file FILE   where the passphrase is; otherwise in the variable DAYPASS_PASSPHRASE
  --force                  replace FILE if it is there already
  --stack NAME             the deployed stack (default Daypass)
  --local                  the platform on this machine
  --port N                 its port (default 4000, or DAYPASS_PORT)
  --help                   this text

The file is JSON lines with checksums, readable for you alone. It gets its name once it is whole; of an export that fails or is
interrupted nothing stays. npm run restore brings records of it back to the same
deployment, and npm run import-deployment takes it in at another. Passwords, passkeys and authenticator apps are
Cognito's and never leave it. Without --with-secrets it holds no secret that opens anything.

Without --local it uses your AWS credentials and Region, which need lambda:InvokeFunction on NAME-admin; dynamodb:Scan
on the table; cognito-idp:ListUsers and ListUsersInGroup; and for --with-secrets apigateway:GET on /apikeys with values,
and kms:Decrypt with the sealing key.
`;

const options = {
  'with-secrets': { type: 'boolean', default: false },
  'passphrase-file': { type: 'string' },
  force: { type: 'boolean', default: false },
  ...place,
} as const;

runCommand({ help, options, names: ['FILE'] }, async ({ values, named: [file] }) => {
  requireFree(file, values.force);
  const passphrase = values['with-secrets'] ? readPassphrase(values['passphrase-file']) : undefined;
  const connection = connect(portOf(values));
  try {
    const deployment = await findDeployment(connection, values.stack);
    await exportTo(file, connection, deployment, { passphrase, replaces: values.force });
  } catch (error) {
    throw connection.inWords(error);
  }
});

async function exportTo(
  file: string,
  connection: Connection,
  deployment: Deployment,
  { passphrase, replaces }: { passphrase: string | undefined; replaces: boolean },
): Promise<void> {
  const { stack, tableName, userPoolId } = deployment;
  const sealer = passphrase === undefined ? undefined : createSealer(passphrase);
  const manifest = {
    daypass: 'export',
    version: archiveVersion,
    at: new Date().toISOString(),
    stack,
    tableName,
    userPoolId,
    secrets: sealer?.by ?? null,
  } as const;
  const counts = new Map<string, number>();
  await writeArchive(file, manifest, { replaces }, (put) =>
    putAll(connection, deployment, sealer, (content, name) => {
      put(content);
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }),
  );
  for (const line of table([['', 'written'], ...counts])) say(line);
  say(
    `${file} is written${sealer === undefined ? ', without secrets: keys can be restored here, but not moved' : ''}.`,
  );
  const unfinished = counts.get('unfinished operations') ?? 0;
  if (unfinished > 0)
    say(
      `${unfinished} operations were under way or await repair. npm run reconcile finishes them; then export again.`,
    );
}

/** @param put writes a line, which is counted under the name */
async function putAll(
  connection: Connection,
  deployment: Deployment,
  sealer: Sealer | undefined,
  put: (content: Content, name?: string) => void,
): Promise<void> {
  put({ settings: { text: readSettingsText() } });
  const admins = await adminsOf(connection, deployment);
  for await (const user of directoryUsers(connection, deployment)) {
    put({ user: { ...user, isAdmin: admins.has(user.userId) } }, 'users in Cognito');
  }
  for await (const { Items = [] } of paginateScan(
    { client: connection.dynamoDb() },
    { TableName: deployment.tableName, ConsistentRead: true },
  )) {
    for (const item of Items) {
      const kind = kindOf(item);
      put({ item: itemToJson(item) }, kind.name);
      if (sealer === undefined || kind.name !== 'provider keys') continue;
      const id = `${item.pk?.S}/${item.sk?.S}`;
      const secret = await openProviderKey(connection.kms(), item);
      if (secret === undefined) {
        say(`The provider key ${id} can't be opened: its user must keep it anew.`);
        continue;
      }
      const sealed = sealer.seal(`provider-key ${id}`, secret);
      put({ secret: { providerKey: id, sealed } }, 'secrets, sealed');
    }
  }
  if (sealer !== undefined) {
    for await (const { id, value } of gatewaySecrets(connection, deployment, true)) {
      if (value === undefined) throw new Error(`API Gateway did not tell the secret of ${id}.`);
      put({ secret: { apiKeyId: id, sealed: sealer.seal(`api-key ${id}`, value) } }, 'secrets, sealed');
    }
  }
}

async function adminsOf(
  connection: Connection,
  { userPoolId, adminGroup }: Deployment,
): Promise<Set<string>> {
  const admins = new Set<string>();
  const pages = paginateListUsersInGroup(
    { client: connection.cognito() },
    { UserPoolId: userPoolId, GroupName: adminGroup },
  );
  for await (const { Users = [] } of pages) for (const user of Users) admins.add(toUser(user).userId);
  return admins;
}

/** As they are in this clone: the deployment may have been made with others. */
function readSettingsText(): string {
  return readFileSync(
    process.env.DAYPASS_SETTINGS ?? fileURLToPath(new URL('../../daypass.yml', import.meta.url)),
    'utf8',
  );
}
