import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkAnswer, type Exchange } from './aws-models/check-answer.ts';
import { readModel } from './aws-models/model.ts';
import { runOurTests } from './jest-run.ts';
import type { Finding, Referee } from './referee.ts';

/** By signing name: botocore's name for each service whose answers are JSON. */
const services: Readonly<Record<string, string>> = {
  apigateway: 'apigateway',
  'cognito-idp': 'cognito-idp',
  kms: 'kms',
  lambda: 'lambda',
  secretsmanager: 'secretsmanager',
  ses: 'sesv2',
};

const paths = [
  ...['apigateway/control-plane', 'cognito', 'kms', 'lambda/api'].map((path) => `test/local/aws/${path}`),
  ...['main-job', 'key-lifecycle', 'accounts', 'admin'].map((name) => `test/e2e/${name}.test.ts`),
];

/** AWS's descriptions of its APIs, as botocore carries them, over what our stand-ins answer to our own tests. */
export const botocore: Referee = {
  name: 'botocore',
  tool: 'botocore 1.43.106',
  judges: 'every answer that our stand-ins of AWS’s control planes give in our tests, against AWS’s models',
  expected: [
    ...['UnknownOperationException', 'UnsupportedOperationException'].map((code) => ({
      rule: 'unmodelled error',
      text: new RegExp(`^${code}, `),
      because: 'a stand-in refuses by name what it does not have; AWS has it',
    })),
    ...[
      'AccessDeniedException',
      'ValidationException',
      'SerializationException',
      'MissingAuthenticationTokenException',
    ].map((code) => ({
      rule: 'unmodelled error',
      text: new RegExp(`^${code}, 400$`),
      because: 'any operation of AWS may answer it, so its models name it for none',
    })),
    {
      rule: 'unmodelled error',
      where: /^apigateway /,
      text: /^ServiceUnavailableException, 50[03]$/,
      because: 'a test’s fault switch answers it, as any operation of AWS may',
    },
  ],
  async judge(equipment) {
    const programs = await equipment.pythonPrograms();
    const where = 'import botocore; print(botocore.__path__[0])';
    const { output } = await equipment.run([join(programs, 'python'), '-c', where]);
    const data = join(output.trim(), 'data');
    const answers = equipment.folder('botocore-answers');
    await equipment.assembly();
    equipment.say('Running our tests, and keeping what the stand-ins answer');
    const recorder = pathToFileURL(join(import.meta.dirname, 'aws-models/record-answers.ts')).href;
    await runOurTests(equipment, {
      name: 'botocore',
      paths,
      env: {
        DAYPASS_RECORD_ANSWERS: answers,
        NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${recorder}`,
      },
      workers: 2,
    });
    return judgeAnswers(readExchanges(answers), data);
  },
};

function readExchanges(folder: string): Exchange[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Exchange),
  );
}

function judgeAnswers(exchanges: readonly Exchange[], data: string) {
  const models = new Map(Object.values(services).map((name) => [name, readModel(data, name)]));
  const findings = new Map<string, Finding>();
  let judged = 0;
  for (const exchange of exchanges) {
    const service = serviceOf(exchange);
    const model = service === undefined ? undefined : models.get(service);
    if (service === undefined || model === undefined) continue;
    judged += 1;
    // The same thing once, however often it was answered.
    for (const finding of checkAnswer(service, model, exchange))
      findings.set(`${finding.rule} ${finding.where} ${finding.text}`, finding);
  }
  return { judged: `${judged} answers`, findings: [...findings.values()] };
}

/** Some of Cognito's operations aren't signed: their target tells. */
function serviceOf({ service, target }: Exchange): string | undefined {
  if (service !== undefined) return services[service];
  return target?.startsWith('AWSCognitoIdentityProviderService.') === true ? 'cognito-idp' : undefined;
}
