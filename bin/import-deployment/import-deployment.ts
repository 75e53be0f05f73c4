import { EncryptCommand } from '@aws-sdk/client-kms';
import { isOfLiveKey, keyIdOf } from '../archive/ended-keys.ts';
import type { Item } from '../archive/item-json.ts';
import type { ItemKind } from '../archive/item-kinds.ts';
import { createOpener, readPassphrase } from '../archive/passphrase.ts';
import { printCounts, putMissing } from '../archive/put-missing.ts';
import { type Archive, openArchive } from '../archive/read-archive.ts';
import { place, portOf, runCommand, say } from '../command.ts';
import { type Connection, connect } from '../connect.ts';
import { type Deployment, directoryUsers, findDeployment } from '../deployment.ts';
import { contextOf } from '../export/open-provider-key.ts';
import { pauseReconciler, resumeReconciler } from '../pause-reconciler.ts';
import { type Exported, readExport } from './read-export.ts';
import { type TakenKeys, takeKeys, whyNotMoved } from './take-keys.ts';
import { takeUsers, whyLeft } from './take-users.ts';
import { type Ids, toHere } from './to-here.ts';

const help = `Takes users, keys, usage and the rest of another deployment in, from a file of npm run export.

Usage: npm run import-deployment -- FILE [options]

  --dry-run                tell what would be taken in, and change nothing
  --passphrase-file FILE   where the passphrase of the export's secrets is; otherwise in DAYPASS_PASSPHRASE
  --without-secrets        leave the secrets of the export sealed: keys don't move, and must be made anew
  --stack NAME             the deployed stack (default Daypass)
  --local                  the platform on this machine
  --port N                 its port (default 4000, or DAYPASS_PORT)
  --help                   this text

It adds what is missing and changes nothing that is there, so it can be stopped and started again. It pauses the
reconciler until it is done, and leaves other pauses as they are; if it fails, run it again with the same file, or end its
pause by npm run reconcile -- --resume --all. Passwords don't move: users log in here once they have set one by "Forgot
password?". Keys whose secrets the export has go on working; the others are named, and the reconciler ends them. The
settings here must have the plans of all keys.

Without --local it uses your AWS credentials and Region, which need lambda:InvokeFunction on NAME-admin and
NAME-reconcile; dynamodb:BatchGetItem and PutItem on the table; cognito-idp:ListUsers, AdminCreateUser, AdminGetUser,
AdminSetUserPassword, AdminDisableUser and AdminAddUserToGroup; apigateway:GET and POST on /apikeys and /usageplans; and
kms:Encrypt with the sealing key.
`;

const options = {
  'dry-run': { type: 'boolean', default: false },
  'passphrase-file': { type: 'string' },
  'without-secrets': { type: 'boolean', default: false },
  ...place,
} as const;

runCommand({ help, options, names: ['FILE'] }, async ({ values, named: [file] }) => {
  const connection = connect(portOf(values));
  const archive = await openArchive(file);
  const { secrets } = archive.manifest;
  const open =
    secrets === null || values['without-secrets']
      ? undefined
      : createOpener(readPassphrase(values['passphrase-file']), secrets);
  try {
    const deployment = await findDeployment(connection, values.stack);
    const exported = await readExport(archive, open);
    await requireOtherPlace(connection, deployment, exported, file);
    requirePlans(deployment, exported);
    tellPlan(archive, file, exported);
    if (values['dry-run']) say('Nothing is changed: this is a dry run.');
    else
      await whilePaused(connection, deployment, { archive, file }, () =>
        takeIn(connection, deployment, exported),
      );
  } catch (error) {
    throw connection.inWords(error);
  }
});

/** @param work returns how many keys have to be made anew */
async function whilePaused(
  connection: Connection,
  { stack }: Deployment,
  { archive: { manifest }, file }: { archive: Archive; file: string },
  work: () => Promise<number>,
): Promise<void> {
  // The same for the same file, so that a further run goes on with the pause of one that failed, and ends it.
  const id = `import-deployment ${manifest.tableName} ${manifest.at}`;
  await pauseReconciler(connection, stack, { id, reason: `npm run import-deployment of ${file}` });
  const left = await work().catch((error: unknown) => {
    process.stderr.write(
      'The reconciler stays paused, so that it deletes nothing of what was taken in. Run the command again with the same file, or end its pause with npm run reconcile -- --resume --all.\n',
    );
    throw error;
  });
  const goesOn = await resumeReconciler(connection, stack, id);
  if (left === 0) return;
  say(
    `${goesOn ? 'It' : 'Once it goes on, it'} ends the keys that have to be made anew; npm run reconcile does it now.`,
  );
}

/** @throws Error for an export of this deployment, whose users have the ids that the export has */
async function requireOtherPlace(
  connection: Connection,
  deployment: Deployment,
  { users }: Exported,
  file: string,
): Promise<void> {
  const ids = new Set(users.map(({ userId }) => userId));
  for await (const { userId } of directoryUsers(connection, deployment))
    if (ids.has(userId))
      throw new Error(
        `${file} is of this deployment itself. npm run restore -- --from ${file} brings records back.`,
      );
}

/** @throws Error before anything is changed */
function requirePlans({ plans }: Deployment, { keys }: Exported): void {
  const known = new Set(plans.map(({ name }) => name));
  const missing = new Set(keys.map(({ plan }) => plan).filter((plan) => !known.has(plan)));
  if (missing.size === 0) return;
  const count = keys.filter(({ plan }) => missing.has(plan)).length;
  throw new Error(
    `The settings here lack ${[...missing].join(', ')}, which ${count} keys are on. Add them to daypass.yml, deploy, and import again.`,
  );
}

function tellPlan({ manifest }: Archive, file: string, { users, keys, apiKeys }: Exported): void {
  const moving = keys.filter((record) => whyNotMoved(record, apiKeys) === undefined).length;
  const coming = users.filter((user) => whyLeft(user) === undefined).length;
  say(`From  ${file}, stack ${manifest.stack}, exported ${manifest.at}`);
  say(`      ${coming} of ${users.length} users; ${moving} of ${keys.length} keys with their secrets`);
}

/** @returns how many keys have to be made anew */
async function takeIn(connection: Connection, deployment: Deployment, exported: Exported): Promise<number> {
  const users = await takeUsers(connection, deployment, exported.users);
  say(`${users.made} users made, ${users.wereHere} were here, ${users.left.length} left out`);
  const keys = await takeKeys(connection, deployment, exported, users.ids);
  const ids = { users: users.ids, apiKeys: keys.ids, usagePlans: keys.usagePlanIds };
  const counts = await putMissing(connection, deployment, exported.items(), {
    dryRun: false,
    decide: async (item, kind) =>
      isOfLiveKey(kind) && keys.changed.has(keyIdOf(item, kind))
        ? 'its key has changed here since'
        : kind.name === 'provider keys'
          ? takeProviderKey(connection, deployment, { item, kind, ids, exported })
          : toHere(item, kind, ids, Date.now()),
  });
  printCounts(counts, false);
  for (const { email, reason } of users.left) say(`${email}: ${reason}`);
  tellKeys(keys, new Map(exported.users.map(({ userId, email }) => [userId, email])));
  say('Passwords have not moved: users set one by "Forgot password?", and log in with it.');
  return keys.left.length;
}

function tellKeys({ moved, left }: TakenKeys, emails: ReadonlyMap<string, string>): void {
  say(`${moved.length} keys work here as they did.`);
  for (const { record, reason } of left)
    say(`${record.keyId} (${record.name}) of ${emails.get(record.userId)}: to be made anew, since ${reason}`);
}

/** Sealed anew for here: KMS binds it to its user and to this deployment's key. */
async function takeProviderKey(
  connection: Connection,
  { sealingKeyId }: Deployment,
  { item, kind, ids, exported }: { item: Item; kind: ItemKind; ids: Ids; exported: Exported },
): Promise<Item | string> {
  const secret = exported.providerKeys.get(`${item.pk?.S}/${item.sk?.S}`);
  if (secret === undefined) return 'sealed for the other place: to be kept anew by its user';
  const here = toHere(item, kind, ids, Date.now());
  if (typeof here === 'string') return here;
  const { CiphertextBlob = new Uint8Array() } = await connection.kms().send(
    new EncryptCommand({
      KeyId: sealingKeyId,
      Plaintext: Buffer.from(secret),
      EncryptionContext: contextOf(here),
    }),
  );
  return { ...here, sealed: { S: Buffer.from(CiphertextBlob).toString('base64') } };
}
