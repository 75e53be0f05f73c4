import { Mistake, place, portOf, runCommand } from './command.ts';
import { connect } from './connect.ts';
import { operatorName } from './deployment.ts';
import { describePause, pauseReconciler, resumeReconciler } from './pause-reconciler.ts';

const help = `Runs one pass of the reconciler, which otherwise runs every five minutes; or pauses it.

Usage: npm run reconcile -- [options]

  --dry-run      print what would be done, and do nothing
  --pause        let no pass do anything until --resume, such as while records are restored; the health screen shows it.
                 Waits until a pass that is under way has stopped: from then on nothing is ended or deleted
  --reason TEXT  why, for --pause
  --resume       end your pause; the exit code is 1 if another stands, which is named
  --all          for --resume: end every pause, also those of others and of an import that failed
  --delete-unknown
                 also delete keys in API Gateway whose records are lost; without it they are kept, and refused
  --stack NAME   the deployed stack (default Daypass)
  --local        the platform on this machine
  --port N       its port (default 4000, or DAYPASS_PORT)
  --help         this text

Without --local it uses your AWS credentials and Region.
`;

interface Report {
  actions: { kind: string; subject: string }[];
  failures: number;
  parked: number;
  complete: boolean;
  paused?: Parameters<typeof describePause>[0];
}

const options = {
  'dry-run': { type: 'boolean', default: false },
  pause: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  reason: { type: 'string' },
  all: { type: 'boolean', default: false },
  'delete-unknown': { type: 'boolean', default: false },
  ...place,
} as const;

runCommand({ help, options, takesMore: true }, async ({ values, named }) => {
  // The port may also stand behind --local, as it always could.
  const behindLocal = values.local && values.port === undefined;
  const [port, extra] = behindLocal ? named : [values.port, ...named];
  if (extra !== undefined) throw new Mistake(`'${extra}' is not expected here. See --help.`);
  const connection = connect(portOf({ ...values, port }));
  if (values.pause || values.resume) {
    if (values.pause === values.resume || values['dry-run'] || values['delete-unknown'])
      throw new Mistake('--pause and --resume go alone. See --help.');
    if (values.pause) await pauseReconciler(connection, values.stack, { reason: values.reason });
    else if (!(await resumeReconciler(connection, values.stack, values.all ? undefined : operatorName()))) {
      process.stderr.write('End every pause with --resume --all.\n');
      process.exitCode = 1;
    }
    return;
  }
  if (values.all) throw new Mistake('--all goes with --resume. See --help.');
  if (values.reason !== undefined) throw new Mistake('--reason goes with --pause. See --help.');
  const event = { dryRun: values['dry-run'], deleteUnknown: values['delete-unknown'] };
  print((await connection.invoke(`${values.stack}-reconcile`, event)) as Report, values['dry-run']);
});

function print({ actions, failures, parked, complete, paused }: Report, dryRun: boolean): void {
  if (paused !== undefined) {
    process.stderr.write(`${describePause(paused)} End it with --resume.\n`);
    process.exitCode = 1;
  }
  for (const { kind, subject } of actions)
    process.stdout.write(`${dryRun && kind !== 'keep-unknown' ? 'would ' : ''}${kind}  ${subject}\n`);
  const done = `${actions.length} ${dryRun ? 'to do' : 'done'}, ${failures} failed, ${parked} parked`;
  const early = paused === undefined ? 'stopped early, the next pass goes on' : 'stopped by the pause';
  process.stdout.write(`${done}${complete ? '' : `; ${early}`}\n`);
  if (failures > 0 || parked > 0) process.exitCode = 1;
}
