import { printCounts, putMissing } from '../archive/put-missing.ts';
import { Mistake, place, portOf, runCommand, say } from '../command.ts';
import { type Connection, connect } from '../connect.ts';
import { type Deployment, findDeployment } from '../deployment.ts';
import { pauseReconciler } from '../pause-reconciler.ts';
import { decide } from './decide.ts';
import { findStrays, type Strays } from './find-strays.ts';
import { readKeyFacts } from './key-facts.ts';
import { mendKeys } from './mend-keys.ts';
import { openSource, type Source } from './open-source.ts';

const help = `Brings back records that the table has lost, from a table that DynamoDB restored beside it, or from an export.

Usage: npm run restore -- --from TABLE_OR_FILE [options]

  --from X       a table of the same account and Region, or a file of npm run export
  --dry-run      tell what would be brought back, and change nothing
  --stack NAME   the deployed stack (default Daypass)
  --local        the platform on this machine
  --port N       its port (default 4000, or DAYPASS_PORT)
  --help         this text

It adds what is missing and changes no record that is there: what happened since the backup stays. It first pauses the
reconciler, waits until no pass is under way, and leaves it paused, so that you can look before it goes on. It can be
stopped and started again.

Not brought back: users who are no longer in Cognito, keys that have ended since, one-time messages, and mails that may
have been sent. At the end it names keys that the backup and API Gateway don't agree on.

Without --local it uses your AWS credentials and Region, which need lambda:InvokeFunction on NAME-admin and
NAME-reconcile; dynamodb:DescribeTable, Scan, BatchGetItem, PutItem and UpdateItem on the tables; cognito-idp:ListUsers;
and apigateway:GET on /apikeys.
`;

const options = {
  from: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  ...place,
} as const;

runCommand({ help, options }, async ({ values }) => {
  if (values.from === undefined)
    throw new Mistake('Name what to restore from: --from TABLE_OR_FILE. See --help.');
  const connection = connect(portOf(values));
  const dryRun = values['dry-run'];
  try {
    const deployment = await findDeployment(connection, values.stack);
    const source = await openSource(connection, deployment, values.from);
    say(`From  ${source.description}`);
    say(`To    table ${deployment.tableName}, where records that are there stay as they are`);
    if (dryRun) say('Nothing is changed: this is a dry run.');
    else await pauseReconciler(connection, values.stack, { reason: `npm run restore from ${values.from}` });
    await run(connection, deployment, source, dryRun);
    if (!dryRun) sayWhatIsNext(values);
  } catch (error) {
    throw connection.inWords(error);
  }
});

async function run(
  connection: Connection,
  deployment: Deployment,
  source: Source,
  dryRun: boolean,
): Promise<void> {
  const facts = await readKeyFacts(connection, deployment, source);
  const counts = await putMissing(connection, deployment, source.items(), {
    decide: async (item, kind) => decide(item, kind, facts, Date.now()),
    dryRun,
  });
  printCounts(counts, dryRun);
  const mended = dryRun ? 0 : await mendKeys(connection, deployment, facts);
  if (mended > 0)
    say(`${mended} parts of keys that the backup could not have were made again from their records.`);
  const strays = await findStrays(connection, deployment, facts, dryRun);
  printStrays(strays);
}

/** The commands of the same place. */
function sayWhatIsNext({
  stack,
  local,
  port,
}: {
  stack: string;
  local: boolean;
  port?: string | undefined;
}): void {
  const here = local ? ` --local${port === undefined ? '' : ` --port ${port}`}` : '';
  const there = stack === 'Daypass' ? here : ` --stack ${stack}${here}`;
  say('');
  say('Next, look at what the reconciler would do, then let it go on:');
  say(`  npm run reconcile -- --dry-run${there}`);
  say(`  npm run reconcile -- --resume${there}`);
}

function printStrays({ gone, unknown, unmetered }: Strays): void {
  for (const { keyId, email } of gone)
    say(
      `${keyId} of ${email}: API Gateway no longer has it. The reconciler will end it; a new one must be made.`,
    );
  for (const { keyId, id, email, createdAt } of unknown)
    say(
      `${keyId} of ${email}: API Gateway has it (${id}, made ${createdAt.toISOString()}), and no record knows it. It is refused; a new one must be made. npm run reconcile -- --delete-unknown removes it.`,
    );
  for (const { keyId, email } of unmetered)
    say(`${keyId} of ${email}: what it is metered by is lost. It is refused; revoke it and make a new one.`);
  const strays = gone.length + unknown.length + unmetered.length;
  say(
    strays === 0 ? 'Every key has its record, and every record its key.' : `${strays} keys need a new one.`,
  );
}
