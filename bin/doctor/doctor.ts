import { resolve } from 'node:path';
import { ACMClient } from '@aws-sdk/client-acm';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readSettings, type Settings } from '../../lib/settings.ts';
import { readStage, type Stage, settingsOf } from '../../lib/stage.ts';
import { checkMachine } from '../../local/start/machine-checks.ts';
import { place, portOf, readingOption, runCommand } from '../command.ts';
import { connect } from '../connect.ts';
import { checkBootstrap } from './bootstrap-checks.ts';
import { checkCertificate } from './certificate-checks.ts';
import { fix, ok, type Seen } from './check.ts';
import { checkConcurrency } from './concurrency-checks.ts';
import { checkGateway } from './gateway-checks.ts';
import { checkMail } from './mail-checks.ts';
import { checkModels } from './model-checks.ts';
import { checkSecrets } from './secret-checks.ts';

const help = `Says whether an AWS account is ready for a deployment, or this machine for the platform, and what to do if not.
It changes nothing.

Usage: npm run doctor -- [options]

  --stage STAGE  prod (default) or dev, as cdk's -c stage=…
  --local        this machine, for npm start and npm test
  --port N       the port that npm start shall take (default 4000, or DAYPASS_PORT)
  --help         this text

Without --local it uses your AWS credentials and Region. In front of each line:
  ok    as it should be
  look  it works, and you should know
  fix   a deployment would fail, or not work; the line below says what to do
  ?     could not be seen
The exit code is 1 if there is something to fix.
`;

const root = resolve(import.meta.dirname, '../..');

const { local, port } = place;
const options = { stage: { type: 'string' }, local, port } as const;

runCommand({ help, options }, async ({ values }) => {
  const stage = readingOption(() => readStage(values.stage));
  const localPort = portOf(values);
  const { settings, seen } = readTheSettings(stage);
  print(seen);
  const all = [...seen];
  const groups =
    localPort === undefined
      ? accountChecks(settings)
      : [() => checkMachine({ root, port: localPort, environment: process.env })];
  for (const check of groups) {
    const found = await check();
    print(found);
    all.push(...found);
  }
  const count = (mark: Seen['mark']) => all.filter((one) => one.mark === mark).length;
  process.stdout.write(
    `\n${count('ok')} as they should be, ${count('look')} to know, ${count('fix')} to fix, ${count('?')} not seen\n`,
  );
  if (count('fix') > 0) process.exitCode = 1;
});

function readTheSettings(stage: Stage): { settings: Settings | undefined; seen: Seen[] } {
  const path = process.env.DAYPASS_SETTINGS ?? resolve(root, 'daypass.yml');
  try {
    const settings = settingsOf(stage, readSettings(path));
    const { models, plans } = settings;
    return { settings, seen: [ok('settings', `${plans.length} plans, ${models.length} models in ${path}`)] };
  } catch (error) {
    return {
      settings: undefined,
      seen: [fix('settings', 'a deployment would be refused', (error as Error).message)],
    };
  }
}

/** In the order of a deployment. Without credentials nothing else can be asked. */
function accountChecks(settings: Settings | undefined): (() => Promise<Seen[]>)[] {
  const identity = new STSClient({});
  let account: string | undefined;
  let region: string | undefined;
  const ask = (check: (settings: Settings) => Promise<Seen[]>) => async () =>
    account === undefined || settings === undefined ? [] : check(settings);
  return [
    async () => {
      try {
        region = await identity.config.region();
        const { Account, Arn } = await identity.send(new GetCallerIdentityCommand({}));
        account = Account;
        return [ok('credentials', `${Arn}`), ok('Region', region)];
      } catch (error) {
        const { message } = connect(undefined).inWords(error) as Error;
        return [fix('credentials', 'AWS could not be asked', message)];
      }
    },
    ask(() => checkBootstrap(new SSMClient({}), `aws://${account}/${region}`)),
    ask((read) => checkModels(new BedrockClient({}), read)),
    ask(() => checkConcurrency(new LambdaClient({}))),
    ask(({ plans }) =>
      checkGateway(
        new APIGatewayClient({}),
        plans.map(({ usagePlanName }) => usagePlanName),
      ),
    ),
    ask(({ mail }) => checkMail(new SESv2Client({}), mail)),
    ask((read) => checkSecrets(new SecretsManagerClient({}), read)),
    ask(({ domain }) => checkCertificate(new ACMClient({ region: 'us-east-1' }), domain)),
  ];
}

function print(seen: readonly Seen[]): void {
  for (const { mark, what, saw, remedy } of seen) {
    process.stdout.write(`${mark.padEnd(5)} ${what}: ${saw}\n`);
    if (remedy !== undefined) process.stdout.write(`${remedy.replaceAll(/^/gm, '        ')}\n`);
  }
}
