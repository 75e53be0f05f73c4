import { parseArgs } from 'node:util';
import { connect } from './connect.ts';

const help = `Runs one pass of the reconciler, which otherwise runs every five minutes.

Usage: npm run reconcile -- [options]

  --dry-run      print what would be done, and do nothing
  --stack NAME   the deployed stack (default Daypass)
  --local [N]    the platform on this machine, at port N (default 4000)
  --help         this text

Without --local it uses your AWS credentials and Region.
`;

interface Report {
  actions: { kind: string; subject: string }[];
  failures: number;
  parked: number;
  complete: boolean;
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
  const report = await invoke(`${values.stack}-reconcile`, { dryRun: values['dry-run'] });
  print(report as Report, values['dry-run']);
}

const options = {
  'dry-run': { type: 'boolean', default: false },
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

function print({ actions, failures, parked, complete }: Report, dryRun: boolean): void {
  for (const { kind, subject } of actions)
    process.stdout.write(`${dryRun ? 'would ' : ''}${kind}  ${subject}\n`);
  const done = `${actions.length} ${dryRun ? 'to do' : 'done'}, ${failures} failed, ${parked} parked`;
  process.stdout.write(`${done}${complete ? '' : '; stopped early, the next pass goes on'}\n`);
  if (failures > 0 || parked > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
