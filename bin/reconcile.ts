import { parseArgs } from 'node:util';
import { runCommand } from './command.ts';
import { connect } from './connect.ts';
import { operatorName } from './deployment.ts';

const help = `Runs one pass of the reconciler, which otherwise runs every five minutes; or pauses it.

Usage: npm run reconcile -- [options]

  --dry-run      print what would be done, and do nothing
  --pause        let no pass do anything until --resume, such as while records are restored; the health screen shows it
  --reason TEXT  why, for --pause
  --resume       end the pause
  --delete-unknown
                 also delete keys in API Gateway whose records are lost; without it they are kept, and refused
  --stack NAME   the deployed stack (default Daypass)
  --local [N]    the platform on this machine, at port N (default 4000)
  --help         this text

Without --local it uses your AWS credentials and Region.
`;

interface Pause {
  since: number;
  by: string;
  reason?: string;
}

interface Report {
  actions: { kind: string; subject: string }[];
  failures: number;
  parked: number;
  complete: boolean;
  paused?: Pause;
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const [port, ...others] = positionals;
  if (others.length > 0 || (port !== undefined && !values.local)) {
    throw new Error(`'${others[0] ?? port}' is not expected here; a port goes with --local. See --help.`);
  }
  const { invoke } = connect(values.local ? (port ?? process.env.DAYPASS_PORT ?? '4000') : undefined);
  const send = (event: object) => invoke(`${values.stack}-reconcile`, event);
  if (values.pause || values.resume) {
    if (values.pause === values.resume || values['dry-run'] || values['delete-unknown'])
      throw new Error('--pause and --resume go alone. See --help.');
    process.stdout.write(
      values.pause
        ? pausedWords(await begin(send, values.reason))
        : resumedWords(await send({ resume: true })),
    );
    return;
  }
  if (values.reason !== undefined) throw new Error('--reason goes with --pause. See --help.');
  const event = { dryRun: values['dry-run'], deleteUnknown: values['delete-unknown'] };
  print((await send(event)) as Report, values['dry-run']);
}

const begin = (send: (event: object) => Promise<unknown>, reason: string | undefined) =>
  send({ pause: { by: operatorName(), reason } }) as Promise<Pause>;

const pausedWords = ({ since, by, reason }: Pause) =>
  `The reconciler is paused since ${new Date(since).toISOString()} by ${by}${reason ? `: ${reason}` : ''}. End it with --resume.\n`;

const resumedWords = (ended: unknown) =>
  ended === null
    ? 'The reconciler was not paused.\n'
    : 'The reconciler goes on with its next pass, within five minutes.\n';

const options = {
  'dry-run': { type: 'boolean', default: false },
  pause: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  reason: { type: 'string' },
  'delete-unknown': { type: 'boolean', default: false },
  stack: { type: 'string', default: 'Daypass' },
  local: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function readArguments() {
  const { tokens } = parseArgs({ allowPositionals: true, strict: false, tokens: true, options });
  const unknown = tokens.find((token) => token.kind === 'option' && !Object.hasOwn(options, token.name));
  if (unknown?.kind === 'option') throw new Error(`There is no option '${unknown.rawName}'.\n\n${help}`);
  return parseArgs({ allowPositionals: true, options });
}

function print({ actions, failures, parked, complete, paused }: Report, dryRun: boolean): void {
  if (paused !== undefined) {
    process.stderr.write(pausedWords(paused));
    process.exitCode = 1;
  }
  for (const { kind, subject } of actions)
    process.stdout.write(`${dryRun && kind !== 'keep-unknown' ? 'would ' : ''}${kind}  ${subject}\n`);
  const done = `${actions.length} ${dryRun ? 'to do' : 'done'}, ${failures} failed, ${parked} parked`;
  process.stdout.write(`${done}${complete ? '' : '; stopped early, the next pass goes on'}\n`);
  if (failures > 0 || parked > 0) process.exitCode = 1;
}

runCommand(main);
