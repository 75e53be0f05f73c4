import { mistakesOf, readFile, smallest, someModel, somePlan } from './settings-file.ts';

const wholeNumber = 'must be a whole number';
const dollars = "must be US dollars from 0.01 to 1000000, or 'off'";
const profileForms = 'must begin with global., us., eu., apac., jp., au. or ca.';
const domainForm = 'must be a domain in lower case, such as example.com';
const planNameForm = 'must be lower-case letters, digits and hyphens, at most 63';

const oidc = (fields: Record<string, unknown>) => ({
  name: 'acme',
  type: 'oidc',
  issuer: 'https://idp.example.com',
  clientId: 'daypass',
  clientSecret: { secret: 'daypass/idp' },
  ...fields,
});

describe('a mistake tells its path, its value and what is allowed', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ name: 'Ten Per Day' }, `plans[0].name is 'Ten Per Day': ${planNameForm}`],
    [{ name: 10 }, 'plans[0].name is 10: must be a string'],
    [{ requestsPerDay: 'ten' }, `plans[0].requestsPerDay is 'ten': ${wholeNumber}`],
    [{ requestsPerDay: 1.5 }, `plans[0].requestsPerDay is 1.5: ${wholeNumber}`],
    [{ requestsPerDay: 0 }, 'plans[0].requestsPerDay is 0: must be at least 1'],
    [{ requestsPerDay: 1_000_001 }, 'plans[0].requestsPerDay is 1000001: must be at most 1000000'],
    [{ requestsPerHour: -1 }, 'plans[0].requestsPerHour is -1: must be at least 1'],
    [{ requestsPerMinute: null }, `plans[0].requestsPerMinute is null: ${wholeNumber}`],
    [{ tokensPerDay: '1' }, `plans[0].tokensPerDay is '1': ${wholeNumber}`],
    [{ rate: 0 }, 'plans[0].rate is 0: must be more than 0'],
    [{ rate: 'fast' }, "plans[0].rate is 'fast': must be a number"],
    [{ burst: 0.5 }, `plans[0].burst is 0.5: ${wholeNumber}`],
    [
      { usagePlanName: '10 a day' },
      "plans[0].usagePlanName is '10 a day': must be letters, digits and hyphens, at most 100",
    ],
    [{ models: [] }, 'plans[0].models is []: must name at least one model'],
    [{ models: 'nova-lite' }, "plans[0].models is 'nova-lite': must be a list"],
    [{ models: ['nova'] }, "plans[0].models[0] is 'nova': must be one of 'nova-lite'"],
    [{ selfService: 'yes' }, "plans[0].selfService is 'yes': must be true or false"],
    [{ maxKeysPerPlan: 101 }, 'plans[0].maxKeysPerPlan is 101: must be at most 100'],
    [{ price: 5 }, 'plans[0].price is 5: must be a string'],
    [{ price: 'x'.repeat(101) }, `plans[0].price is '${'x'.repeat(56)}…: must have at most 100 characters`],
  ])('of a plan: %j', (fields, line) => {
    expect(mistakesOf(somePlan(fields))).toEqual([line]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ limits: { perUser: {} } }, 'limits.perUser is {}: must name at least one limit'],
    [
      { limits: { perUser: { requestsPerDay: 0 } } },
      'limits.perUser.requestsPerDay is 0: must be at least 1',
    ],
    [{ limits: { perKey: {} } }, 'limits.perKey is not a setting: remove it or check its spelling'],
    [{ ceiling: { requestsPerDay: 1.5 } }, `ceiling.requestsPerDay is 1.5: ${wholeNumber}`],
    [{ ceiling: { spendPerDay: '$5' } }, `ceiling.spendPerDay is '$5': ${dollars}`],
    [{ ceiling: { spendPerDay: 0 } }, `ceiling.spendPerDay is 0: ${dollars}`],
    [{ ceiling: { spendPerDay: 1_000_001 } }, `ceiling.spendPerDay is 1000001: ${dollars}`],
    [
      { ceiling: { spendPerMonth: 0 } },
      'ceiling.spendPerMonth is 0: must be US dollars from 0.01 to 1000000',
    ],
    [
      { limits: { perUser: { spendPerDay: '5' } } },
      "limits.perUser.spendPerDay is '5': must be US dollars from 0.01 to 1000000",
    ],
    [{ ceiling: { spendPerDay: null } }, `ceiling.spendPerDay is null: ${dollars}`],
    [{ ceiling: { spendPerDay: false } }, `ceiling.spendPerDay is false: ${dollars}`],
    [{ ceiling: { requestsPerDay: 5, shards: 101 } }, 'ceiling.shards is 101: must be at most 100'],
  ])('of limits beyond a key: %j', (sections, line) => {
    expect(mistakesOf({ ...smallest, ...sections })).toEqual([line]);
  });

  test.each<[Record<string, unknown>, string]>([
    [
      { name: 'Nova Lite' },
      "models[0].name is 'Nova Lite': must be lower-case letters, digits, dots and hyphens, at most 63",
    ],
    [
      { provider: 'openai' },
      "models[0].provider is 'openai': must be 'bedrock', 'bedrock-openai'; others have to be listed in providers",
    ],
    [
      { modelId: 'nova' },
      "models[0].modelId is 'nova': must be a Bedrock model id such as amazon.nova-lite-v1:0",
    ],
    [{ contextTokens: 0 }, 'models[0].contextTokens is 0: must be at least 1'],
    [{ maxOutputTokens: 'all' }, `models[0].maxOutputTokens is 'all': ${wholeNumber}`],
    [{ sampling: 'some' }, "models[0].sampling is 'some': must be one of 'both', 'one' and 'none'"],
    [{ stopSequences: 1 }, 'models[0].stopSequences is 1: must be true or false'],
    [
      { pricePerMillionTokens: { input: -1, output: 1 } },
      'models[0].pricePerMillionTokens.input is -1: must not be negative',
    ],
    [
      { pricePerMillionTokens: { input: 1 } },
      'models[0].pricePerMillionTokens.output is missing: must be US dollars per million tokens',
    ],
    [
      { pricePerMillionTokens: { input: 1, output: 1, cached: 1 } },
      'models[0].pricePerMillionTokens.cached is not a setting: remove it or check its spelling',
    ],
    [{ fallbacks: ['gone'] }, "models[0].fallbacks[0] is 'gone': must be one of 'nova-lite'"],
    [{ fallbacks: ['nova-lite'] }, "models[0].fallbacks[0] is 'nova-lite': must be another model"],
    [{ released: 'soon' }, "models[0].released is 'soon': must be a date such as 2026-02-17"],
    [{ released: '2026-02-30' }, "models[0].released is '2026-02-30': must be a date such as 2026-02-17"],
  ])('of a model: %j', (fields, line) => {
    expect(mistakesOf(someModel(fields))).toEqual([line]);
  });

  test.each<[Record<string, unknown>, string]>([
    [
      { inferenceProfile: 'us.amazon.nova-lite-v1:0' },
      'models[0].inferenceRegions is missing: must list the Regions that us.amazon.nova-lite-v1:0 answers from',
    ],
    [
      { inferenceProfile: 'global.amazon.nova-lite-v1:0', inferenceRegions: ['us-east-1'] },
      'models[0].inferenceRegions is ["us-east-1"]: must be left out unless inferenceProfile is a geographic one (us., eu., …)',
    ],
    [
      { inferenceRegions: ['us-east-1'] },
      'models[0].inferenceRegions is ["us-east-1"]: must be left out unless inferenceProfile is a geographic one (us., eu., …)',
    ],
    [
      { inferenceProfile: 'eu.amazon.nova-lite-v1:0', inferenceRegions: [] },
      'models[0].inferenceRegions is []: must name at least one Region',
    ],
    [
      { inferenceProfile: 'eu.amazon.nova-lite-v1:0', inferenceRegions: ['Frankfurt'] },
      "models[0].inferenceRegions[0] is 'Frankfurt': must be an AWS Region such as us-east-1",
    ],
    [
      { inferenceProfile: 'mars.amazon.nova-lite-v1:0', inferenceRegions: ['us-east-1'] },
      `models[0].inferenceProfile is 'mars.amazon.nova-lite-v1:0': ${profileForms}`,
    ],
  ])('of inference profiles and Regions: %j', (fields, line) => {
    expect(mistakesOf(someModel(fields))).toEqual([line]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ requests: { keepDays: -1 } }, 'requests.keepDays is -1: must be a whole number of days from 0 to 400'],
    [
      { requests: { keepDays: 1.5 } },
      'requests.keepDays is 1.5: must be a whole number of days from 0 to 400',
    ],
    [
      { logIn: { passwords: 'off' } },
      "logIn.passwords is 'off': must be on as long as there are no providers",
    ],
    [
      { logIn: { passkeys: 'yes' } },
      "logIn.passkeys is 'yes': must be 'on', 'off' or a domain, as in { domain: example.com }",
    ],
    [
      { logIn: { passkeys: 'on' } },
      "logIn.passkeys is 'on': must name the console’s domain, as in { domain: example.com }: there is no domain.name",
    ],
    [
      {
        domain: {
          name: 'llm.example.com',
          certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0-1',
        },
        logIn: { passkeys: { domain: 'ample.com' } },
      },
      "logIn.passkeys.domain is 'ample.com': must be llm.example.com, or a domain above it",
    ],
    [
      { logIn: { passwords: 'off', passkeys: { domain: 'example.com' }, providers: [oidc({})] } },
      'logIn.passkeys is {"domain":"example.com"}: must be off as long as passwords are: a passkey is added with the password',
    ],
    [
      { logIn: { providers: [oidc({ name: 'Acme' })] } },
      "logIn.providers[0].name is 'Acme': must be 3 to 32 lower-case letters, digits and hyphens",
    ],
    [
      { logIn: { providers: [oidc({ name: 'callback' })] } },
      "logIn.providers[0].name is 'callback': must not be callback, challenge, refresh: those are paths",
    ],
    [
      { logIn: { providers: [oidc({ issuer: 'http://idp.example.com' })] } },
      "logIn.providers[0].issuer is 'http://idp.example.com': must be the https:// URL that the provider calls its issuer, without / at its end",
    ],
    [
      { logIn: { providers: [oidc({ domains: ['a.com'] }), oidc({ name: 'other', domains: ['a.com'] })] } },
      "logIn.providers[1].domains[0] is 'a.com': must belong to one provider only",
    ],
    [
      { signUp: { allowedDomains: ['b.com'] }, logIn: { providers: [oidc({ domains: ['a.com'] })] } },
      "logIn.providers[0].domains[0] is 'a.com': must be in signUp.allowedDomains too, which names some",
    ],
    [
      { logIn: { providers: [{ name: 'corp', type: 'saml' }] } },
      "logIn.providers[0].metadataUrl is 'missing': must name either metadataUrl or metadataFile",
    ],
    [{ signUp: { confirmation: 'sms' } }, "signUp.confirmation is 'sms': must be 'email' or 'off'"],
    [{ signUp: { confirmation: false } }, "signUp.confirmation is false: must be 'email' or 'off'"],
    [{ signUp: 'off' }, "signUp is 'off': must be a section with fields"],
    [{ signUp: { allowedDomains: 'example.com' } }, "signUp.allowedDomains is 'example.com': must be a list"],
    ...['Example.com', '@example.com', '*.example.com', 'localhost', 'example.com.', '-a.com', 'a b.com'].map(
      (domain): [Record<string, unknown>, string] => [
        { signUp: { allowedDomains: ['example.org', domain] } },
        `signUp.allowedDomains[1] is '${domain}': ${domainForm}`,
      ],
    ),
    [{ chat: [] }, 'chat is []: must be a section with fields'],
    [{ chat: { memoryMegabytes: 127 } }, 'chat.memoryMegabytes is 127: must be at least 128'],
    [
      { chat: { maxBodyBytes: 5_000_001 } },
      'chat.maxBodyBytes is 5000001: must be at most 5000000, to fit a Lambda event',
    ],
    [{ chat: { maxDepth: 101 } }, 'chat.maxDepth is 101: must be at most 100'],
    [{ chat: { maxMessages: 0 } }, 'chat.maxMessages is 0: must be at least 1'],
    [{ chat: { defaultMaxOutputTokens: '4k' } }, `chat.defaultMaxOutputTokens is '4k': ${wholeNumber}`],
    [{ alerts: { email: 'ops' } }, "alerts.email is 'ops': must be an e-mail address"],
    [{ alerts: {} }, 'alerts.email is missing: must be an e-mail address'],
    [{ domain: { name: 'llm.example.com' } }, 'domain.certificateArn is missing: must be a string'],
    [
      {
        domain: {
          name: 'llm.example.com',
          certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a',
        },
      },
      "domain.certificateArn is 'arn:aws:acm:eu-west-1:111122223333:certificate/a': must be an ACM certificate in us-east-1",
    ],
    [{ plans: [] }, 'plans is []: must hold at least one plan'],
    [{ plans: null }, 'plans is missing: must be a list'],
    [{ plans: 'ten' }, "plans is 'ten': must be a list"],
    [{ plans: ['ten'] }, "plans[0] is 'ten': must be a section with fields"],
    [{ models: [] }, 'models is []: must hold at least one model'],
  ])('of a section: %j', (sections, line) => {
    expect(mistakesOf({ ...smallest, ...sections })).toEqual([line]);
  });

  test('of a list that is too long', () => {
    const plans = Array.from({ length: 126 }, (_, at) => ({ name: `p${at}`, requestsPerDay: at + 1 }));
    expect(mistakesOf({ ...smallest, plans })).toEqual([
      expect.stringMatching(
        /^plans is \[.+…: must hold at most 49 plans, which is what fits into one stack$/,
      ),
    ]);
  });
});

describe('a name that occurs twice', () => {
  test('of plans', () => {
    const plans = [
      { name: 'a', requestsPerDay: 1 },
      { name: 'a', requestsPerDay: 2 },
    ];
    expect(mistakesOf({ ...smallest, plans })).toEqual(["plans[1].name is 'a': must not occur twice"]);
  });

  test('of models', () => {
    const models = [smallest.models[0], smallest.models[0]];
    expect(mistakesOf({ ...smallest, models })).toEqual([
      "models[1].name is 'nova-lite': must not occur twice",
    ]);
  });

  test('of usage plans, also where one is only implied', () => {
    const plans = [
      { name: 'a', requestsPerDay: 10 },
      { name: 'b', requestsPerDay: 10 },
      { name: 'c', requestsPerDay: 3, usagePlanName: '10RequestPerDay' },
    ];
    const rule = 'must differ: plans of equal size need names of their own';
    expect(mistakesOf({ ...smallest, plans })).toEqual([
      `plans[1].usagePlanName is '10RequestPerDay': ${rule}`,
      `plans[2].usagePlanName is '10RequestPerDay': ${rule}`,
    ]);
  });
});

test('unknown fields are told by name, wherever they stand', () => {
  const file = {
    plans: [{ ...smallest.plans[0], requestPerDay: 10, daily: true }],
    models: [{ ...smallest.models[0], temperature: 1 }],
    signUp: { allowedDomain: 'example.com' },
    payments: null,
  };
  const advice = 'is not a setting: remove it or check its spelling';
  expect(mistakesOf(file).sort()).toEqual([
    `models[0].temperature ${advice}`,
    `payments ${advice}`,
    `plans[0].daily ${advice}`,
    `plans[0].requestPerDay ${advice}`,
    `signUp.allowedDomain ${advice}`,
  ]);
});

test('all mistakes are told at once: fields, names and Regions', () => {
  const file = {
    plans: [
      { name: 'a', requestsPerDay: 'ten' },
      { name: 'a', requestsPerDay: 20, models: ['gone'], colour: 'red' },
    ],
    models: [
      {
        ...smallest.models[0],
        contextTokens: 'many',
        inferenceProfile: 'us.amazon.nova-lite-v1:0',
        fallbacks: ['gone'],
      },
    ],
    chat: { maxDepth: 0 },
  };
  expect(mistakesOf(file).sort()).toEqual([
    'chat.maxDepth is 0: must be at least 1',
    "models[0].contextTokens is 'many': must be a whole number",
    "models[0].fallbacks[0] is 'gone': must be one of 'nova-lite'",
    'models[0].inferenceRegions is missing: must list the Regions that us.amazon.nova-lite-v1:0 answers from',
    "plans[0].requestsPerDay is 'ten': must be a whole number",
    'plans[1].colour is not a setting: remove it or check its spelling',
    "plans[1].models[0] is 'gone': must be one of 'nova-lite'",
    "plans[1].name is 'a': must not occur twice",
  ]);
  expect(() => readFile(file)).toThrow(/daypass\.yml has 8 mistakes:\n/);
  expect(() => readFile(somePlan({ rate: 0 }))).toThrow(/daypass\.yml has a mistake:\n/);
});

test('YAML that is no YAML is told with its place', () => {
  expect(() => readFile('plans:\n  - name: [a\n')).toThrow(/daypass\.yml is not valid YAML: .*line 3/s);
  expect(() => readFile('plans: 1\nplans: 2\n')).toThrow(/not valid YAML: .*unique.*line 2/s);
});

test.each(['', '# only comments\n', '- a list\n', 'text\n'])(
  'a file that is no settings at all: %j',
  (text) => {
    expect(mistakesOf(text)).toEqual([
      expect.stringMatching(/^the file is .+: must be a section with fields$/),
    ]);
  },
);

test.each<[Record<string, unknown>, string]>([
  [
    { chat: { guardrail: { id: 'GR', version: '1' } } },
    "chat.guardrail.id is 'GR': must be a guardrail id: lower-case letters and digits",
  ],
  [{ chat: { guardrail: { id: 'gr1', version: 1 } } }, 'chat.guardrail.version is 1: must be a string'],
  [
    { chat: { serviceTier: 'fast' } },
    "chat.serviceTier is 'fast': must be one of 'default', 'flex', 'priority' and 'reserved'",
  ],
  [{ chat: { maxTools: 0 } }, 'chat.maxTools is 0: must be at least 1'],
  [
    { chat: { serviceTier: 'priority' } },
    "chat.serviceTier is 'priority': must be one of 'default', 'flex', those of serviceTiers",
  ],
  [
    { chat: { serviceTier: 'flex', serviceTiers: { default: 1, priority: 1.75 } } },
    "chat.serviceTier is 'flex': must be one of 'default', 'priority', those of serviceTiers",
  ],
  [
    { chat: { serviceTiers: { flex: 0.5 } } },
    "chat.serviceTier is missing: must be one of 'flex', those of serviceTiers",
  ],
  [{ chat: { serviceTiers: {} } }, 'chat.serviceTiers is {}: must name at least one tier'],
  [
    { chat: { serviceTiers: { default: 1, gold: 2 } } },
    'chat.serviceTiers.gold is not a setting: remove it or check its spelling',
  ],
  [
    { chat: { serviceTiers: { default: 'dear' } } },
    "chat.serviceTiers.default is 'dear': must be a factor of the price",
  ],
  [{ chat: { serviceTiers: { default: -1 } } }, 'chat.serviceTiers.default is -1: must not be negative'],
])('of chats: %j', (sections, line) => {
  expect(mistakesOf({ ...smallest, ...sections })).toEqual([line]);
});

test.each<[object, object, string]>([
  [
    {},
    { provider: 'bedrock', apis: ['responses'] },
    'must be left out: only providers with OpenAI’s API have several',
  ],
  [
    { anthropic: {} },
    { provider: 'anthropic', modelId: 'claude-haiku-4-5', apis: ['responses'] },
    'must be left out: only providers with OpenAI’s API have several',
  ],
  [
    { here: { baseUrl: 'https://llm.example.com/v1' } },
    { provider: 'here', apis: ['responses'] },
    'must not name responses unless providers.here.responses is true',
  ],
])('of the APIs of a model: %j %j', (providers, fields, text) => {
  const [model] = smallest.models;
  const [line] = mistakesOf({ ...smallest, providers, models: [{ ...model, ...fields }] });
  expect(line).toBe(`models[0].apis is ["responses"]: ${text}`);
});

const someEmbeddingModel = (fields: Record<string, unknown>) => ({
  ...smallest,
  embeddingModels: [
    {
      name: 'embed',
      modelId: 'amazon.titan-embed-text-v2:0',
      pricePerMillionTokens: { input: 0.02 },
      ...fields,
    },
  ],
});

test.each<[Record<string, unknown>, string]>([
  [
    { modelId: 'amazon.titan-embed-image-v1' },
    "embeddingModels[0].modelId is 'amazon.titan-embed-image-v1': must be amazon.titan-embed-text-v2… or cohere.embed-…: no other kind is supported",
  ],
  [{ name: 'nova-lite' }, "embeddingModels[0].name is 'nova-lite': must not occur twice"],
  [{ dimensions: [0] }, 'embeddingModels[0].dimensions[0] is 0: must be at least 1'],
  [
    { provider: 'openai' },
    "embeddingModels[0].provider is 'openai': must be 'bedrock'; others have to be listed in providers, and speak OpenAI’s API",
  ],
  [
    { provider: 'bedrock-openai' },
    "embeddingModels[0].provider is 'bedrock-openai': must be 'bedrock'; others have to be listed in providers, and speak OpenAI’s API",
  ],
  [{ contextTokens: 5 }, 'embeddingModels[0].contextTokens is 5: must be left out: it is known for Bedrock'],
])('of an embedding model: %j', (fields, line) => {
  expect(mistakesOf(someEmbeddingModel(fields))).toEqual([line]);
});

test.each<[Record<string, unknown>, string]>([
  [
    { family: 'gpt' },
    "models[0].family is 'gpt': must be one of 'nova', 'claude', 'gpt-oss', 'llama', 'other'",
  ],
  [
    { accepts: ['video'] },
    "models[0].accepts[0] is 'video': must be one of 'images', 'documents', 'tools', 'tool-choice', 'cache-points', 'prefill', 'token-counts'",
  ],
  [
    { structuredOutput: 'yes' },
    "models[0].structuredOutput is 'yes': must be one of 'native', 'tool', 'prompt', 'none'",
  ],
])('of what a model takes: %j', (fields, line) => {
  expect(mistakesOf(someModel(fields))).toEqual([line]);
});

const longPrices = { input: 1, output: 5 };
test.each<[Record<string, unknown>, string]>([
  [
    { longContext: { above: 300_000, pricePerMillionTokens: longPrices } },
    'models[0].longContext.above is 300000: must be less than contextTokens',
  ],
  [
    { longContext: { above: 'much', pricePerMillionTokens: longPrices } },
    "models[0].longContext.above is 'much': must be a whole number",
  ],
  [
    { longContext: { pricePerMillionTokens: longPrices } },
    'models[0].longContext.above is missing: must be a whole number',
  ],
  [
    { longContext: { above: 1000, pricePerMillionTokens: { input: 1 } } },
    'models[0].longContext.pricePerMillionTokens.output is missing: must be US dollars per million tokens',
  ],
  [
    { longContext: { above: 1000, pricePerMillionTokens: longPrices, factor: 2 } },
    'models[0].longContext.factor is not a setting: remove it or check its spelling',
  ],
])('of long prompts: %j', (fields, line) => {
  expect(mistakesOf(someModel(fields))).toEqual([line]);
});

const own = { baseUrl: 'https://llm.example.com/v1', apiKey: 'none' };
const atUrl = (baseUrl: string) => ({ ...own, baseUrl });

test.each<[Record<string, unknown>, string]>([
  [{ openai: { ownKeys: false } }, 'providers.openai.apiKey'],
  [{ own: { ...own, ownKeys: true } }, 'providers.own.ownKeys'],
  [{ openai: { apiKey: { secret: 'a b' } } }, 'providers.openai.apiKey.secret'],
  [{ own: { apiKey: 'none' } }, 'providers.own.baseUrl'],
  [{ own: { ...own, kind: 'gemini' } }, 'providers.own.kind'],
  [{ own: { ...own, headers: {} } }, 'providers.own.headers'],
  [{ own: atUrl('llm.example.com') }, 'providers.own.baseUrl'],
  [{ own: atUrl('http://llm.example.com/v1') }, 'providers.own.baseUrl'],
  [{ own: atUrl('file:///etc/passwd') }, 'providers.own.baseUrl'],
  [{ own: atUrl('https://user:pw@llm.example.com/v1') }, 'providers.own.baseUrl'],
  [{ own: atUrl('https://llm.example.com/v1?key=1') }, 'providers.own.baseUrl'],
  [{ bedrock: own }, 'providers.bedrock'],
])('a provider with a mistake is named: %j', (providers, path) => {
  const mistakes = mistakesOf({ ...smallest, providers });
  expect(mistakes).toEqual([expect.stringMatching(new RegExp(`^${path.replaceAll('.', '\\.')} is `))]);
});

test('a model of another provider has its id, and no inference profile', () => {
  const at = (fields: object) => ({ ...someModel({ provider: 'own', ...fields }), providers: { own } });
  expect(mistakesOf(at({ modelId: 'qwen3:8b' }))).toEqual([]);
  expect(mistakesOf(at({ inferenceProfile: 'global.x' }))).toEqual([
    "models[0].inferenceProfile is 'global.x': must be left out: only Bedrock has them",
  ]);
});

test('only Bedrock’s models go together with a guardrail', () => {
  const guarded = { chat: { guardrail: { id: 'gr1', version: '1' } }, providers: { own } };
  const at = (provider: string) => ({ ...someModel({ provider }), ...guarded });
  expect(mistakesOf(at('bedrock-openai'))).toEqual([]);
  expect(mistakesOf(at('own'))).toEqual([
    "models[0].provider is 'own': must be one of Bedrock while chat.guardrail is set: others don’t apply it",
  ]);
});

test.each<[Record<string, unknown>, string]>([
  [{ team: 4711 }, 'tags.team is 4711: must be text, in quotes if it looks like a number'],
  [{ team: '' }, "tags.team is '': must not be empty"],
  [{ team: 'a&b' }, "tags.team is 'a&b': must be letters, digits, spaces and _ . : / = + - @"],
  [{ team: ' a' }, "tags.team is ' a': must not begin or end with a space"],
  [{ team: 'x'.repeat(257) }, `tags.team is '${'x'.repeat(56)}…: must have at most 256 characters`],
  [{ 'a&b': 'x' }, "tags.a&b is 'x': the key must be letters, digits, spaces and _ . : / = + - @"],
  [{ 'aws:team': 'x' }, "tags.aws:team is 'x': the key must not begin with aws:, which AWS keeps for itself"],
  [{ Team: 'x', team: 'y' }, "tags.team is 'y': the key must differ from Team in more than capitals"],
])('a tag is taken as AWS takes it: %j', (tags, line) => {
  expect(mistakesOf({ ...smallest, tags })).toEqual([line]);
});

test('tags may be 45, which with CDK’s own is what a bucket takes', () => {
  const some = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`tag-${at}`, 'x']));
  expect(mistakesOf({ ...smallest, tags: some(45) })).toEqual([]);
  expect(mistakesOf({ ...smallest, tags: some(46) })).toEqual([
    expect.stringMatching(/^tags is .+: must hold at most 45 tags$/),
  ]);
});

test.each(['webAcl', 'directCalls', 'metrics'])('%s is on or off', (name) => {
  expect(mistakesOf({ ...smallest, [name]: 'maybe' })).toEqual([`${name} is 'maybe': must be 'on' or 'off'`]);
});
