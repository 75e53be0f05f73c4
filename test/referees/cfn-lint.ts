import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Equipment, root } from './equipment.ts';
import type { Finding, Referee } from './referee.ts';

const regions = ['us-east-1', 'eu-west-1'];

/** What can be turned on together; providers to log in with have a place, since few of many plans fit beside them. */
const everythingOn = {
  signUp: { confirmation: 'off', allowedDomains: ['example.com'] },
  alerts: { email: 'ops@example.com' },
  limits: { perUser: { requestsPerDay: 1000 } },
  ceiling: { requestsPerDay: 1000, spendPerDay: 10 },
  billing: { stripe: { apiKey: { secret: 'a' }, webhookSecret: { secret: 'b' } } },
  domain: {
    name: 'llm.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0-1',
  },
  logIn: {
    authenticator: 'on',
    passkeys: 'on',
    providers: [
      {
        name: 'company',
        type: 'oidc',
        issuer: 'https://idp.example.com',
        clientId: 'daypass',
        clientSecret: { secret: 'daypass/idp' },
      },
    ],
  },
};

interface Match {
  Level: string;
  Message: string;
  Location: { Path: (string | number)[] | null };
  Rule: { Id: string };
}

export const cfnLint: Referee = {
  name: 'cfn-lint',
  tool: 'cfn-lint 1.58.0',
  judges: `the template as deployed, in stage dev, and with everything on, for ${regions.join(' and ')}`,
  expected: [
    {
      rule: 'W3005',
      where: /(Function\w*|^CustomCDKBucketDeployment\w+) DependsOn$/,
      text: /Role\w*' dependency already enforced/,
      because: 'the CDK itself names a role in DependsOn beside its policy, which does need it',
    },
  ],
  async judge(equipment) {
    const program = join(await equipment.pythonPrograms(), 'cfn-lint');
    const folder = equipment.folder('cfn-lint');
    const templates = await synthesizeAll(equipment, folder);
    equipment.say('Linting three templates');
    const command = [program, '--format', 'json', '--regions', ...regions, '--', ...templates];
    const { output } = await equipment.run(command, { seconds: 900 });
    return { judged: `${templates.length} templates`, findings: readMatches(output) };
  },
};

async function synthesizeAll(equipment: Equipment, folder: string): Promise<string[]> {
  const settings = join(folder, 'everything.yml');
  const usual = parse(readFileSync(join(root, 'daypass.yml'), 'utf8'));
  const [firstPlan, ...plans] = usual.plans;
  const paid = { ...firstPlan, stripePriceId: 'price_1', price: '$1' };
  writeFileSync(settings, stringify({ ...usual, plans: [paid, ...plans], ...everythingOn }));
  const stacks = [
    { name: 'default', context: [], env: {} },
    { name: 'dev', context: ['-c', 'stage=dev'], env: {} },
    { name: 'everything', context: [], env: { DAYPASS_SETTINGS: settings } },
  ];
  const templates: string[] = [];
  for (const { name, context, env } of stacks) {
    equipment.say(`Synthesizing ${name}`);
    const output = join(folder, name);
    mkdirSync(output);
    const cdk = [process.execPath, join(root, 'node_modules/aws-cdk/bin/cdk')];
    const command = [...cdk, 'synth', '--quiet', '--output', output, ...context];
    const done = await equipment.run(command, { env: { CDK_VALIDATION: 'false', ...env } });
    if (done.code !== 0) throw new Error(`Synthesizing ${name} failed:\n${done.output.slice(-2000)}`);
    const file = readdirSync(output).find((each) => each.endsWith('.template.json'));
    if (file === undefined) throw new Error(`Synthesizing ${name} made no template.`);
    templates.push(join(output, file));
  }
  return templates;
}

/** @throws Error when there is no report */
export function readMatches(output: string): Finding[] {
  const from = output.indexOf('[');
  if (from < 0) throw new Error(`cfn-lint gave no report:\n${output.slice(-2000)}`);
  const matches = JSON.parse(output.slice(from, output.lastIndexOf(']') + 1)) as Match[];
  return matches.map(({ Level, Message, Location, Rule }) => ({
    rule: Rule.Id,
    // By resource and property, without numbers of items.
    where: (Location.Path ?? [])
      .filter((part) => typeof part === 'string')
      .slice(1)
      .join(' '),
    text: `${Level}: ${Message}`,
  }));
}
