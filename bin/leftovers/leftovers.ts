import { readStage, stackNameOf } from '../../lib/stage.ts';
import { Mistake, readingOption, runCommand, say } from '../command.ts';
import { awsInWords } from '../connect.ts';
import { type Deletable, deletedStacks, isThere, leftIn } from './account.ts';
import { keptTypes, skipped, tracesOf } from './what-stays.ts';

const help = `Lists what a deleted stack has left in AWS, and with --delete deletes what holds nobody's data: keys in API Gateway,
which open nothing without their plan, log groups that services made, and the console's files. It never deletes a table,
a user pool or a KMS key.

Usage: npm run leftovers -- [options]

  --stage STAGE  of the deleted stack: prod (default) or dev
  --delete       delete what can be
  --help         this text

It uses your AWS credentials and Region. CloudFormation remembers a deleted stack for 90 days.
The exit code is 0 if nothing that can be deleted is left, and 1 otherwise.
`;

const options = { stage: { type: 'string' }, delete: { type: 'boolean', default: false } } as const;

runCommand({ help, options }, async ({ values }) => {
  const stage = readingOption(() => readStage(values.stage));
  const stack = stackNameOf(stage);
  try {
    if (await isThere(stack))
      throw new Mistake(
        `${stack} is still there: npx cdk destroy${stage === 'prod' ? '' : ` -c stage=${stage}`}`,
      );
    const deletable = await listAll(stack);
    if (values.delete) await deleteAll(deletable);
    else if (deletable.length > 0) {
      say(`\n${deletable.length} to delete: run it again with --delete`);
      process.exitCode = 1;
    }
  } catch (error) {
    throw error instanceof Mistake ? error : awsInWords(error);
  }
});

async function listAll(stack: string): Promise<Deletable[]> {
  const all: Deletable[] = [];
  const stacks = await deletedStacks(stack);
  if (stacks.length === 0) say(`CloudFormation remembers no deleted stack ${stack} in this Region.`);
  for (const { deletedAt, resources } of stacks) {
    say(`${stack}, deleted ${deletedAt}`);
    const kept = skipped(resources);
    const found = await leftIn(
      tracesOf(stack, resources),
      kept.filter(({ type }) => keptTypes[type]?.fate === 'delete').map(({ id }) => id),
    );
    for (const { what, name, why } of found) say(`  delete  ${what} ${name}: ${why}`);
    for (const { type, id } of kept) {
      const { why, fate } = keptTypes[type] ?? { why: 'unknown to this command', fate: 'keep' };
      if (fate !== 'delete') say(`  ${fate.padEnd(6)}  ${type} ${id}: ${why}`);
    }
    if (found.length === 0) say('  nothing is left to delete');
    all.push(...found);
  }
  return all;
}

async function deleteAll(deletable: readonly Deletable[]): Promise<void> {
  for (const { what, name, remove } of deletable) {
    await remove();
    say(`deleted ${what} ${name}`);
  }
  say(`\n${deletable.length} deleted`);
}
