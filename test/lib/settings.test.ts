import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { toCatalog } from '../../lib/catalog.ts';
import { readSettings } from '../../lib/settings.ts';
import { mistakesOf, readFile, smallest, someModel, somePlan } from './settings-file.ts';

test('the settings that come with the repository read well', () => {
  const settings = readSettings(resolve(import.meta.dirname, '../../daypass.yml'));
  expect(settings.plans.map(({ name, requestsPerDay }) => [name, requestsPerDay])).toEqual([
    ['10-per-day', 10],
    ['20-per-day', 20],
    ['30-per-day', 30],
  ]);
  expect(settings.plans.map((plan) => plan.usagePlanName)).toEqual([
    '10RequestPerDay',
    '20RequestPerDay',
    '30RequestPerDay',
  ]);
  expect(settings.models.length).toBeGreaterThan(1);
});

test('what a plan leaves out has a default', () => {
  expect(readFile(smallest).plans).toEqual([
    {
      name: 'small',
      usagePlanName: '10RequestPerDay',
      requestsPerDay: 10,
      rate: 10,
      burst: 20,
      selfService: true,
      maxKeysPerPlan: 1,
      price: 'Free',
    },
  ]);
});

test('the burst grows with the plan', () => {
  expect(readFile(somePlan({ requestsPerDay: 5 })).plans[0]?.burst).toBe(20);
  expect(readFile(somePlan({ requestsPerDay: 500 })).plans[0]?.burst).toBe(1000);
});

test('what a model leaves out has a default', () => {
  expect(readFile(smallest).models).toEqual([
    {
      ...smallest.models[0],
      sampling: 'both',
      stopSequences: true,
      fallbacks: [],
      released: '2025-01-01',
    },
  ]);
});

test('sections left out have defaults, and alerts and a domain are not there', () => {
  const { plans: _plans, models: _models, ...sections } = readFile(smallest);
  expect(sections).toEqual({
    providers: {},
    embeddingModels: [],
    audit: { keepDays: 365 },
    site: { name: 'Daypass', links: [], pages: [], mails: {} },
    accounts: { noticeDays: 14 },
    signUp: { confirmation: 'email', approval: 'off', allowedDomains: [] },
    logIn: { passwords: 'on', authenticator: 'off', passkeys: 'off', providers: [] },
    requests: { keepDays: 30 },
    chat: {
      maxBodyBytes: 1_048_576,
      memoryMegabytes: 256,
      maxMessages: 1000,
      maxDepth: 32,
      maxTools: 128,
      countTokensPerMinute: 60,
      defaultMaxOutputTokens: 4096,
      serviceTiers: { default: 1, flex: 0.5 },
    },
    oneTimeMessages: { perAddressPerHour: 100 },
    metrics: 'on',
    rotation: { edgeSecrets: [1], sealingKeys: [1] },
    webAcl: 'on',
    directCalls: 'on',
    tags: {},
    limits: {},
    ceiling: { spendPerDay: 50, shards: 8 },
  });
});

test('a section with nothing after its name is a section left out', () => {
  const empty = readFile(
    `${stringify(smallest)}signUp:\noneTimeMessages:\nchat:\nlimits:\nceiling:\nalerts:\ndomain:\n`,
  );
  expect(empty).toEqual(readFile(smallest));
});

test('a day may cost 50 dollars, on eight shards, unless told otherwise', () => {
  expect(readFile(smallest).ceiling).toEqual({ spendPerDay: 50, shards: 8 });
  expect(readFile({ ...smallest, ceiling: { requestsPerDay: 9 } }).ceiling).toEqual({
    requestsPerDay: 9,
    spendPerDay: 50,
    shards: 8,
  });
  expect(toCatalog(readFile(smallest)).limits.ceiling).toEqual({ spendPerDay: 50, shards: 8 });
});

test('the prompt cache costs what input costs, unless the settings name a price', () => {
  const pricesOf = (prices: object) =>
    toCatalog(readFile(someModel({ pricePerMillionTokens: { input: 2, output: 9, ...prices } }))).models[0]
      ?.pricePerMillionTokens;
  expect(pricesOf({})).toMatchObject({ cachedInput: 2, cacheWrite: 2 });
  expect(pricesOf({ cachedInput: 0.2, cacheWrite: 3 })).toMatchObject({ cachedInput: 0.2, cacheWrite: 3 });
});

test('the prices of long prompts reach the functions, with what is usual where they say nothing', () => {
  const longContext = { above: 1000, pricePerMillionTokens: { input: 2, output: 9 } };
  const [model] = toCatalog(readFile(someModel({ longContext }))).models;
  expect(model?.longContext).toEqual({
    above: 1000,
    pricePerMillionTokens: { input: 2, output: 9, cachedInput: 2, cacheWrite: 2, cacheWriteHour: 2 },
  });
});

test('the ceiling on spend goes only where the settings say off', () => {
  const off = readFile({ ...smallest, ceiling: { spendPerDay: 'off' } });
  expect(toCatalog(off).limits.ceiling?.spendPerDay).toBeUndefined();
  expect(mistakesOf({ ...smallest, ceiling: { spendPerDay: null } })).toHaveLength(1);
});

test.each([
  [{ requestsPerWeek: 9 }, 'requestsPerWeek is 9: must be at least 10, which is requestsPerDay'],
  [
    { requestsPerWeek: 71 },
    'requestsPerWeek is 71: must be at most 70: with requestsPerDay 10 no more can be used',
  ],
  [
    { requestsPerMonth: 311 },
    'requestsPerMonth is 311: must be at most 310: with requestsPerDay 10 no more can be used',
  ],
  [
    { requestsPerWeek: 20, requestsPerMonth: 19 },
    'requestsPerMonth is 19: must be at least 20, which is requestsPerWeek',
  ],
  [
    { requestsPerWeek: 20, requestsPerMonth: 121 },
    'requestsPerMonth is 121: must be at most 120: with requestsPerWeek 20 no more can be used',
  ],
])('a week or month that contradicts a shorter window is a mistake: %j', (limits, mistake) => {
  expect(mistakesOf(somePlan({ requestsPerDay: 10, ...limits }))).toEqual([`plans[0].${mistake}`]);
  const perUser = { requestsPerDay: 10, ...limits };
  expect(mistakesOf({ ...smallest, limits: { perUser } })).toEqual([`limits.perUser.${mistake}`]);
});

test('a week and a month within their days’ sum reach the functions', () => {
  const limits = { requestsPerDay: 10, requestsPerWeek: 70, requestsPerMonth: 310 };
  expect(toCatalog(readFile(somePlan(limits))).plans[0]).toMatchObject(limits);
  expect(readFile({ ...smallest, limits: { perUser: { requestsPerMonth: 5 } } }).limits.perUser).toEqual({
    requestsPerMonth: 5,
  });
});

test('limits beyond a key reach the functions', () => {
  const limits = { perUser: { requestsPerDay: 50 } };
  const ceiling = { requestsPerDay: 1000, spendPerDay: 2.5, shards: 2 };
  expect(toCatalog(readFile({ ...smallest, limits, ceiling })).limits).toEqual({ ...limits, ceiling });
});

test('a section may give some of its fields', () => {
  expect(readFile({ ...smallest, chat: { maxMessages: 5 } }).chat).toMatchObject({
    maxMessages: 5,
    maxDepth: 32,
  });
});

test('everything an operator can set comes through as set', () => {
  const plan = {
    name: 'team',
    usagePlanName: 'Team',
    requestsPerDay: 1000,
    requestsPerHour: 100,
    requestsPerMinute: 10,
    tokensPerDay: 1_000_000,
    spendPerDay: 0.5,
    spendPerMonth: 10,
    rate: 2.5,
    burst: 5,
    models: ['nova-lite'],
    selfService: false,
    maxKeysPerPlan: 3,
    price: '5 dollars a month',
  };
  const file = {
    plans: [plan],
    models: smallest.models,
    accounts: { noticeDays: 7 },
    signUp: {
      confirmation: 'off',
      approval: 'off' as const,
      allowedDomains: ['example.com', 'a-b.example.org'],
    },
    logIn: {
      passwords: 'off' as const,
      authenticator: 'on' as const,
      passkeys: 'off' as const,
      providers: [
        {
          name: 'acme',
          label: 'Acme',
          type: 'oidc' as const,
          issuer: 'https://acme.okta.com',
          clientId: '0oa1',
          clientSecret: { secret: 'daypass/acme' },
          domains: ['example.com'],
          scopes: ['openid', 'email', 'profile'],
        },
        {
          name: 'corp',
          type: 'saml' as const,
          metadataUrl: 'https://idp.corp.example/metadata',
          emailAttribute: 'mail',
          domains: [],
        },
      ],
    },
    oneTimeMessages: { perAddressPerHour: 20 },
    metrics: 'off',
    requests: { keepDays: 7 },
    audit: { keepDays: 30 },
    embeddingModels: [
      {
        name: 'embed',
        provider: 'bedrock',
        modelId: 'cohere.embed-v4:0',
        inferenceProfile: 'us.cohere.embed-v4:0',
        inferenceRegions: ['us-east-1'],
        dimensions: [256, 512],
        pricePerMillionTokens: { input: 0.12 },
        released: '2025-10-02',
      },
    ],
    chat: {
      maxBodyBytes: 1000,
      memoryMegabytes: 512,
      maxMessages: 2,
      maxDepth: 3,
      maxTools: 5,
      countTokensPerMinute: 60,
      defaultMaxOutputTokens: 4,
      guardrail: { id: 'gr1', version: 'DRAFT', streamMode: 'async' },
      serviceTiers: { flex: 0.4, default: 1.1, priority: 1.75, reserved: 0 },
      serviceTier: 'flex',
    },
    providers: {
      openai: { apiKey: { secret: 'daypass/openai' }, privateNetwork: false },
      'on-site': {
        kind: 'anthropic' as const,
        baseUrl: 'http://llm.intern:8080/v1',
        apiKey: 'none' as const,
        privateNetwork: true,
        responses: true,
        limitField: 'max_tokens' as const,
      },
    },
    limits: {
      perUser: {
        requestsPerDay: 50,
        requestsPerHour: 20,
        requestsPerMinute: 5,
        spendPerDay: 1,
        spendPerMonth: 5,
      },
    },
    ceiling: { requestsPerDay: 1000, spendPerDay: 2.5, spendPerMonth: 40, shards: 3 },
    alerts: { email: 'ops@example.com' },
    webAcl: 'off',
    directCalls: 'off',
    rotation: { edgeSecrets: [2, 1], sealingKeys: [3] },
    tags: { 'cost-centre': '4711', Équipe: 'R + D' },
    domain: {
      name: 'llm.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0-1',
    },
    site: {
      name: 'Acme AI',
      sentence: 'Every model behind one key.',
      accent: '#b3421d',
      accentDark: '#f99475',
      links: [{ label: 'Help', url: 'mailto:help@example.com' }],
      feedback: 'ops@example.com',
    },
  };
  const { models: _models, ...rest } = readFile(file);
  const { models: _fileModels, ...expected } = file;
  // Pages and mails are in a folder beside the file: site.test.ts.
  expect(rest).toEqual({ ...expected, site: { ...file.site, pages: [], mails: {} } });
});

test('a model may be reached through a global profile, or a geographic one that names its Regions', () => {
  const geographic = {
    inferenceProfile: 'us.amazon.nova-lite-v1:0',
    inferenceRegions: ['us-east-1', 'us-gov-west-1'],
  };
  expect(readFile(someModel({ inferenceProfile: 'global.amazon.nova-lite-v1:0' })).models[0]).toMatchObject({
    inferenceProfile: 'global.amazon.nova-lite-v1:0',
  });
  expect(readFile(someModel(geographic)).models[0]).toMatchObject(geographic);
});

test('plans of equal size live side by side under usage plan names of their own', () => {
  const plans = [
    { name: 'a', requestsPerDay: 10 },
    { name: 'b', requestsPerDay: 10, usagePlanName: 'B' },
  ];
  expect(readFile({ ...smallest, plans }).plans.map((plan) => plan.usagePlanName)).toEqual([
    '10RequestPerDay',
    'B',
  ]);
});

describe('what a model takes', () => {
  const abilities = (fields: Record<string, unknown>) => {
    const [model] = toCatalog(readFile(someModel(fields))).models;
    const { family, accepts, structuredOutput, reasoning } = model ?? {};
    return { family, accepts, structuredOutput, reasoning };
  };

  test.each([
    ['amazon.nova-lite-v1:0', { family: 'nova', structuredOutput: 'tool', reasoning: 'none' }],
    ['amazon.nova-2-lite-v1:0', { family: 'nova', structuredOutput: 'tool', reasoning: 'effort' }],
    [
      'anthropic.claude-haiku-4-5-20251001-v1:0',
      { family: 'claude', structuredOutput: 'native', reasoning: 'budget' },
    ],
    ['anthropic.claude-sonnet-4-6', { family: 'claude', structuredOutput: 'native', reasoning: 'both' }],
    ['anthropic.claude-opus-4-7', { family: 'claude', structuredOutput: 'tool', reasoning: 'adaptive' }],
    [
      'anthropic.claude-sonnet-5-5',
      { family: 'claude', structuredOutput: 'prompt', reasoning: 'between-tools' },
    ],
    ['anthropic.claude-opus-5-5', { family: 'claude', structuredOutput: 'prompt', reasoning: 'always' }],
    ['openai.gpt-oss-120b-1:0', { family: 'gpt-oss', structuredOutput: 'native', reasoning: 'effort' }],
    ['meta.llama3-3-70b-instruct-v1:0', { accepts: ['documents'], structuredOutput: 'prompt' }],
    ['newcomer.model-v1:0', { family: 'other', accepts: [], structuredOutput: 'none', reasoning: 'none' }],
  ])('is known by its id: %s', (modelId, expected) => {
    expect(abilities({ modelId })).toMatchObject(expected);
  });

  test.each([
    ['anthropic.claude-haiku-4-5-20251001-v1:0', {}, 4],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', { cacheWrite: 2.5, cacheWriteHour: 5 }, 5],
    ['amazon.nova-lite-v1:0', {}, 2],
    ['amazon.nova-lite-v1:0', { cacheWrite: 3 }, 3],
  ])(
    'costs, for an hour in its cache, what is usual or what the settings say: %s %j',
    (modelId, told, price) => {
      const pricePerMillionTokens = { input: 2, output: 10, ...told };
      const [model] = toCatalog(readFile(someModel({ modelId, pricePerMillionTokens }))).models;
      expect(model?.pricePerMillionTokens.cacheWriteHour).toBe(price);
    },
  );

  test('is what the settings say, where they say it', () => {
    const told = {
      family: 'claude',
      accepts: ['images', 'token-counts'],
      structuredOutput: 'native',
      reasoning: 'both',
    };
    expect(abilities({ modelId: 'newcomer.model-v1:0', ...told })).toEqual(told);
  });
});

test.each([
  ['openai', 'gpt-5.5-pro', ['responses']],
  ['openai', 'o3-deep-research', ['responses']],
  ['openai', 'gpt-5-codex', ['responses']],
  ['openai', 'computer-use-preview', ['responses']],
  ['openai', 'gpt-4o-mini-search-preview', ['chat-completions']],
  ['bedrock-openai', 'openai.gpt-oss-120b-1:0', ['chat-completions']],
  ['openai', 'gpt-6-sol', undefined],
  ['bedrock-openai', 'openai.gpt-6-sol', undefined],
  ['bedrock', 'openai.gpt-oss-120b-1:0', undefined],
])(
  'which of OpenAI’s APIs a model answers is known by its id, and can be set: %s %s',
  (provider, modelId, apis) => {
    const [model] = smallest.models;
    const read = (fields: object) =>
      toCatalog(
        readFile({
          ...smallest,
          providers: { openai: {} },
          models: [{ ...model, provider, modelId, ...fields }],
        } as never),
      ).models[0]?.apis;
    expect(read({})).toEqual(apis);
    if (provider !== 'bedrock') expect(read({ apis: ['responses'] })).toEqual(['responses']);
  },
);

test('an embedding model of another provider is asked by OpenAI’s API', () => {
  const providers = { 'on-site': { baseUrl: 'https://llm.example.com/v1', apiKey: 'none' } };
  const embeddingModels = [
    {
      name: 'embed',
      provider: 'on-site',
      modelId: 'BAAI/bge-m3',
      contextTokens: 8000,
      pricePerMillionTokens: { input: 0 },
    },
  ];
  expect(toCatalog(readFile({ ...smallest, providers, embeddingModels })).embeddingModels).toMatchObject([
    { provider: 'on-site', family: 'openai', target: 'BAAI/bge-m3', contextTokens: 8000, ownedBy: 'on-site' },
  ]);
});

test('an embedding model reaches the functions with its family and price', () => {
  const embeddingModels = [
    { name: 'embed', modelId: 'amazon.titan-embed-text-v2:0', pricePerMillionTokens: { input: 0.02 } },
  ];
  expect(toCatalog(readFile({ ...smallest, embeddingModels })).embeddingModels).toMatchObject([
    {
      name: 'embed',
      family: 'titan',
      target: 'amazon.titan-embed-text-v2:0',
      dimensions: [],
      pricePerMillionTokens: { input: 0.02, output: 0 },
      ownedBy: 'amazon',
    },
  ]);
});

test('a settings file that is not there is told in words, with where it was looked for', () => {
  expect(() => readSettings('/nonexistent/daypass.yml')).toThrow(
    /^There is no settings file at \/nonexistent\/daypass\.yml\. .*DAYPASS_SETTINGS\.$/,
  );
});

test('one-time messages can be turned off', () => {
  expect(readFile({ ...smallest, oneTimeMessages: 'off' }).oneTimeMessages).toBe('off');
});
