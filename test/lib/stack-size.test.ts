import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { mistakesOf } from './settings-file.ts';
import { synth } from './synth.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostResources = 500;
const mostTemplateBytes = 1_000_000;
const mostPlans = 49;

const usual = parse(readFileSync(new URL('../../daypass.yml', import.meta.url), 'utf8'));

const provider = (name: string) => ({
  name,
  type: 'oidc',
  issuer: 'https://idp.example.com',
  clientId: 'daypass',
  clientSecret: { secret: 'daypass/idp' },
});

/** The usual models, everything that can be turned on turned on, and as many plans as told. */
const withPlans = (count: number) => ({
  ...usual,
  plans: Array.from({ length: count }, (_, at) => ({
    name: `plan-${at}`,
    requestsPerDay: at + 1,
    ...(at === 0 && { stripePriceId: 'price_1', price: '$1' }),
  })),
  billing: { stripe: { apiKey: { secret: 'a' }, webhookSecret: { secret: 'b' } } },
  signUp: { allowedDomains: ['example.com'] },
  chat: { ...usual.chat, guardrail: { id: 'gr1', version: '1' } },
  limits: { perUser: { requestsPerDay: 1000 } },
  ceiling: { requestsPerDay: 1000, spendPerDay: 10 },
  alerts: { email: 'ops@example.com' },
  domain: {
    name: 'llm.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0-1',
  },
});

test.each(['email', 'off'])(
  'CloudFormation takes a stack with as many plans as the settings may hold and everything on (confirmation %s)',
  (confirmation) => {
    const settings = withPlans(mostPlans);
    const signUp = { ...settings.signUp, confirmation };
    const template = synth({ settings: { ...settings, signUp } });
    const size = Object.keys(template.Resources).length;
    expect(size).toBeGreaterThan(mostPlans);
    expect(size).toBeLessThanOrEqual(mostResources);
    expect(JSON.stringify(template).length).toBeLessThan(mostTemplateBytes);
  },
);

test('and one with fewer plans and as many providers to log in with', () => {
  const providers = Array.from({ length: 5 }, (_, at) => provider(`provider-${at}`));
  const template = synth({
    settings: { ...withPlans(5), logIn: { providers, authenticator: 'on', passkeys: 'on' } },
  });
  expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(mostResources);
  expect(mistakesOf({ ...withPlans(16), logIn: { providers } })).toEqual([
    expect.stringMatching(/^logIn\.providers is .+: must be left out with more than 15 plans/),
  ]);
});

test('one plan more is a mistake that the settings tell in their own words', () => {
  expect(mistakesOf(withPlans(mostPlans))).toEqual([]);
  expect(mistakesOf(withPlans(mostPlans + 1))).toEqual([
    expect.stringMatching(/^plans is \[.+: must hold at most 49 plans, which is what fits into one stack$/),
  ]);
});
