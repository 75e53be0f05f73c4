import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const help = `Runs one pass of the reconciler, which otherwise runs every five minutes.

Usage: npm run reconcile -- [options]

  --dry-run      print what would be done, and do nothing
  --stack NAME   the deployed stack (default Daypass)
  --local [N]    the platform on this machine, at port N (default 4000)
  --help         this text

Without --local it uses your AWS credentials and Region.
`;

const highestPort = 65_535 - 566;

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
  const endpoint = values.local ? localEndpoint(port ?? process.env.DAYPASS_PORT ?? '4000') : undefined;
  const client = endpoint === undefined ? new LambdaClient() : localClient(endpoint);
  const command = new InvokeCommand({
    FunctionName: `${values.stack}-reconcile`,
    Payload: JSON.stringify({ dryRun: values['dry-run'] }),
  });
  const answer = await client.send(command).catch((error: unknown) => {
    throw inWords(error, endpoint);
  });
  const payload = new TextDecoder().decode(answer.Payload);
  if (answer.FunctionError !== undefined) throw new Error(`The reconciler failed: ${payload}`);
  print(JSON.parse(payload) as Report, values['dry-run']);
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

/** The SDK's own messages don't say which setting is missing. */
function inWords(error: unknown, endpoint: string | undefined): unknown {
  if (!(error instanceof Error)) return error;
  // Node's own error has no message if localhost has several addresses.
  if (endpoint !== undefined && 'code' in error && error.code === 'ECONNREFUSED')
    return new Error(`Nothing answers at ${endpoint}. Start the platform with npm start, or name its port.`);
  const missing = missingSettings.find(({ matches }) => matches(error))?.missing;
  if (missing === undefined) return error;
  return new Error(`${missing} For the platform on this machine, use --local.`, { cause: error });
}

const missingSettings = [
  {
    matches: ({ message }: Error) => message === 'Region is missing',
    missing:
      'No AWS Region is set. Set AWS_REGION to that of the stack, and have credentials (AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY).',
  },
  {
    matches: ({ name }: Error) => name === 'CredentialsProviderError',
    missing:
      'No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with aws sso login.',
  },
];

/** The address at which the platform on this port stands in for AWS. */
function localEndpoint(text: string): string {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= highestPort) return `http://localhost:${port + 566}`;
  throw new Error(`The port '${text}' is not possible: choose a number from 1 to ${highestPort}.`);
}

function localClient(endpoint: string): LambdaClient {
  return new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
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
