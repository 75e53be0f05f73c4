import { localPort, Mistake, place, portOf, runCommand } from '../command.ts';
import { openAccount } from './account.ts';
import { Finding } from './api.ts';
import { checks, cleanUp, type Run } from './checks.ts';

const help = `Does the main job once against a deployment, and cleans up after itself: log in, create a key, chat,
be refused past the limit, revoke. It takes three short calls to a model.

Usage: npm run smoke -- [options]

  --url URL        the deployment: the output ConsoleUrl
  --local          the platform on this machine, which it is without --url
  --port N         its port (default 4000, or DAYPASS_PORT)
  --user-pool ID   make an account for this run in the user pool, the output UserPoolId, with your AWS
                   credentials and Region; it is deleted at the end
  --email ADDRESS  use an account that exists, without a second factor; its password is in DAYPASS_PASSWORD.
                   It needs room for one more key on its first plan
  --model NAME     a chat model (default the first that GET /v1/models lists)
  --help           this text

On this machine neither --user-pool nor --email is needed: an account signs up.
The exit code is 0 if all checks pass, 1 if one fails or something could not be cleaned up, and 2 for a mistake in the options.
`;

const { local, port } = place;
const options = {
  url: { type: 'string' },
  local,
  port,
  'user-pool': { type: 'string' },
  email: { type: 'string' },
  model: { type: 'string' },
} as const;

runCommand({ help, options }, async ({ values }) => {
  if (values.email !== undefined && values['user-pool'] !== undefined)
    throw new Mistake('--email and --user-pool exclude each other. See --help.');
  const herePort = portOf(values);
  if (values.url !== undefined && herePort !== undefined)
    throw new Mistake('--url and --local exclude each other. See --help.');
  const origin =
    values.url === undefined ? `http://localhost:${herePort ?? localPort()}` : readOrigin(values.url);
  process.stdout.write(`${origin}\n\n`);
  const account = await openAccount({ origin, email: values.email, userPoolId: values['user-pool'] });
  const run: Run = { origin, account, model: values.model ?? '', token: '', keyId: '', key: '' };
  const passed = await runChecks(run);
  const isClean = await step('clean up', () => cleanUp(run));
  process.stdout.write(`\n${passed} of ${checks.length} checks passed\n`);
  if (passed < checks.length || !isClean) process.exitCode = 1;
});

/** One after the other, up to the first that fails: later ones build on it. */
async function runChecks(run: Run): Promise<number> {
  for (const [at, { name, run: check }] of checks.entries()) {
    if (await step(name, () => check(run))) continue;
    for (const { name: later } of checks.slice(at + 1)) line('–', later, 'not tried');
    return at;
  }
  return checks.length;
}

async function step(name: string, work: () => Promise<string>): Promise<boolean> {
  try {
    line('ok', name, await work());
    return true;
  } catch (error) {
    line('FAILED', name, error instanceof Finding ? error.message : String(error));
    return false;
  }
}

const widestName = Math.max(...checks.map(({ name }) => name.length));
const line = (mark: string, name: string, detail: string) =>
  process.stdout.write(`${mark.padEnd(7)} ${name.padEnd(widestName)}  ${detail}\n`);

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new Mistake(
      `--url takes the address of a deployment, such as https://d111.cloudfront.net; '${text}' is none.`,
    );
  if (url.pathname.replace(/\/$/, '') !== '')
    throw new Mistake(`--url takes the address alone: ${url.origin}, without ${url.pathname}.`);
  return url.origin;
}
