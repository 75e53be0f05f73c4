import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Mistake, place, portOf, runCommand } from '../command.ts';
import { type Connection, connect } from '../connect.ts';
import { operatorName } from '../deployment.ts';
import { type ExportedUser, readUsers } from './read-users.ts';

const help = `Invites the users of another system's export, each by a mail with a code to set the first password with.

Usage: npm run import -- FILE [options]

FILE is CSV with a line of column names, JSON lines, or JSON. Only addresses are read: no password, key or name is
taken over. Without --apply nothing is sent; run it so first.

  --apply          send the invitations
  --field NAME     the column or field with the address (default email)
  --from LINE      begin at this line, to go on where an import has stopped
  --per-second N   at most so many a second (default 2, at most 20)
  --stack NAME     the deployed stack (default Daypass)
  --local          the platform on this machine
  --port N         its port (default 4000, or DAYPASS_PORT)
  --help           this text

Who has an account already is skipped, so the same file can be imported again. It ends with 0 if everybody has an account,
with 1 if somebody was refused or it has stopped, and with 2 for a mistake in the command.

Without --local it uses your AWS credentials and Region, which need lambda:InvokeFunction on NAME-admin.
`;

type Outcome = 'made' | 'skipped' | 'refused' | 'stopped';

interface Answer {
  statusCode: number;
  body: string;
}

/** Refusals that time mends: throttles, and the day's mails being used up. */
const passing = new Set([429, 503]);
/** Waits before the next try, in seconds. After the last the import stops. */
const patience = [1, 5, 20];

async function invite(
  connection: Connection,
  stack: string,
  { email }: ExportedUser,
): Promise<{ outcome: Outcome; reason?: string }> {
  const event = {
    operator: operatorName(),
    method: 'POST',
    resource: '/v1/admin/users',
    body: { email },
  };
  for (const wait of [...patience, undefined]) {
    const { statusCode, body } = (await connection.invoke(`${stack}-admin`, event)) as Answer;
    if (statusCode < 400) return { outcome: 'made' };
    const { code, message } = (JSON.parse(body) as { error: { code: string; message: string } }).error;
    if (code === 'email_taken') return { outcome: 'skipped', reason: 'has an account' };
    if (!passing.has(statusCode)) return { outcome: 'refused', reason: `${code}: ${message}` };
    if (wait === undefined) return { outcome: 'stopped', reason: `${code}: ${message}` };
    await sleep(wait * 1000);
  }
  throw new Error('unreachable');
}

function report(outcome: Outcome | 'would invite', { line, email }: ExportedUser, reason = ''): void {
  process.stdout.write(`${[`line ${line}`, outcome, email, reason].filter(Boolean).join('  ')}\n`);
}

const options = {
  apply: { type: 'boolean', default: false },
  field: { type: 'string', default: 'email' },
  from: { type: 'string', default: '1' },
  'per-second': { type: 'string', default: '2' },
  ...place,
} as const;

runCommand({ help, options, names: ['FILE'] }, async ({ values, named: [file] }) => {
  const port = portOf(values);
  const perSecond = numberOf(values['per-second'], '--per-second', 20);
  const from = numberOf(values.from, '--from', Number.MAX_SAFE_INTEGER);
  const bytes = read(file);
  if (new TextDecoder().decode(bytes.subarray(0, 20)).startsWith('{"daypass":"export"'))
    throw new Mistake(`${file} is an export of Daypass: npm run import-deployment takes it in.`);
  const { users, refused } = readUsers(bytes, values.field);
  for (const { reason, ...user } of refused) report('refused', user, reason);
  const due = users.filter(({ line }) => line >= from);
  const counts = { made: 0, skipped: 0, refused: refused.length };
  if (!values.apply) {
    for (const user of due) report('would invite', user);
    process.stdout.write(
      `${due.length} to invite, ${refused.length} refused. Nothing was sent: --apply does it.\n`,
    );
    if (refused.length > 0) process.exitCode = 1;
    return;
  }
  const connection = connect(port);
  for (const user of due) {
    const startedAt = performance.now();
    const { outcome, reason } = await invite(connection, values.stack, user);
    report(outcome, user, reason);
    if (outcome === 'stopped') {
      process.stderr.write(
        `Stopped at line ${user.line}. Cognito's own mail allows 50 a day: go on tomorrow, or after setting up SES for the pool, with --from ${user.line}\n`,
      );
      process.exitCode = 1;
      break;
    }
    counts[outcome] += 1;
    await sleep(Math.max(0, 1000 / perSecond - (performance.now() - startedAt)));
  }
  process.stdout.write(`${counts.made} invited, ${counts.skipped} skipped, ${counts.refused} refused.\n`);
  if (counts.refused > 0) process.exitCode = 1;
});

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Mistake(`${file} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}

function numberOf(text: string, name: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new Mistake(`${name} is '${text}', but must be a whole number from 1 to ${most}.`);
}
