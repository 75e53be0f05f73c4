import { createHmac } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describeAlarms, withAlerts } from './alarms-over-http.ts';
import { describeBilling, soldPlans } from './billing-over-http.ts';
import { call, chatBody, createKey, newPassword } from './client.ts';
import { makeAdmin } from './make-admin.ts';
import { type OtherAssembly, synthesizeWith } from './other-assembly.ts';
import { ownSite } from './own-site.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';
import { scripted } from './scripted.ts';
import { describeAccess } from './section-access.ts';

let other: OtherAssembly;
let runtime: RunningRuntime;

beforeAll(async () => {
  other = synthesizeWith(
    (shown) =>
      withAlerts(soldPlans(shown))
        .replace('confirmation: email', 'confirmation: off')
        .replace('allowedDomains: []', 'allowedDomains: [example.com]')
        .replace(
          'requestsPerDay: 10\n',
          'requestsPerDay: 10\n    requestsPerMinute: 2\n    models: [nova-micro]\n',
        )
        .replace('requestsPerDay: 30\n', 'requestsPerDay: 30\n    selfService: false\n')
        .replace(/# mail:.*\n# ( +from: \S+).*\n# ( +ceilingWarningsTo: \S+).*\n/, 'mail:\n  $1\n  $2\n')
        .replace('spendPerDay: 50 ', 'spendPerDay: 0.01 ')
        .replace(
          'maxMessages: 1000\n',
          "maxMessages: 3\n  serviceTier: flex\n  guardrail: { id: gr1234567890, version: '1' }\n",
        )
        .replace('maxTools: 128', 'maxTools: 1')
        .replace('maxDepth: 32', 'maxDepth: 9')
        .replace(/# oneTimeMessages:\n#( +perAddressPerHour): 100/, 'oneTimeMessages:\n $1: 5')
        .concat('directCalls: off\nwebAcl: off\n', ownSite.settings),
    ownSite.files,
  );
  const environment = { DAYPASS_SES_IDENTITIES: 'example.com' };
  runtime = await startRuntime({ assembly: other.assembly, environment });
}, 240_000);

afterAll(async () => {
  await runtime?.stop();
  other?.remove();
});

test('with direct calls off, the stage refuses whatever did not come through the edge, and says where to call', async () => {
  const { token } = (await register(`${crypto.randomUUID()}@example.com`)).body;
  const { key } = await createKey(runtime, token, { plan: '20-per-day' });
  const json = { 'content-type': 'application/json' };
  const ways: [path: string, init: RequestInit][] = [
    ['/v1/plans', {}],
    ['/v1/plans', { headers: { referer: 'a guess', 'x-daypass-edge-proof': 'a guess' } }],
    ['/v1/plans', { method: 'OPTIONS' }],
    ['/v1/login', { method: 'POST', headers: json, body: '{}' }],
    ['/v1/me', { headers: { authorization: `Bearer ${token}` } }],
    ['/v1/api-key', { headers: { 'x-api-key': key } }],
    ['/v1/chat/completions', { method: 'POST', headers: { ...json, 'x-api-key': key }, body: '{}' }],
  ];
  for (const [path, init] of ways) {
    const refused = await fetch(`${runtime.stage}${path}`, init);
    expect([path, refused.status]).toEqual([path, 403]);
    const { error } = (await refused.json()) as { error: { code: string; message: string } };
    expect(error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('the address of the console'),
    });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  }
  // Whatever the caller sends as its own.
  const taken = await call(runtime.edge, '/v1/api-key', {
    key,
    headers: { referer: 'https://example.com/' },
  });
  expect(taken).toMatchObject({ status: 200, body: { used: 0 } });
});

describeBilling(() => runtime);
describeAccess(() => runtime, ['billing']);

const register = (email: string, password = newPassword()) =>
  call(runtime.edge, '/v1/register', { body: { email, password } });

test('without confirmation whoever signs up is in at once, and a known address is 409', async () => {
  const first = await register('ada@example.com');
  expect(first).toMatchObject({ status: 201, body: { status: 'confirmed', expiresIn: 3600 } });
  expect((await call(runtime.edge, '/v1/me', { token: first.body.token })).body.email).toBe(
    'ada@example.com',
  );
  expect(await register('ADA@example.com')).toMatchObject({
    status: 409,
    body: { error: { code: 'email_taken' } },
  });
});

test('an address outside the allowed domains is refused by our route, and by Cognito itself past it', async () => {
  expect(await register('eve@evil.example')).toMatchObject({
    status: 403,
    body: { error: { code: 'domain_not_allowed', param: 'email' } },
  });
  const settings = {
    endpoint: runtime.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const cognito = new CognitoIdentityProviderClient(settings);
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  const UserPoolId = UserPools?.[0]?.Id;
  const { UserPoolClients } = await cognito.send(
    new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 1 }),
  );
  const ClientId = UserPoolClients?.[0]?.ClientId ?? '';
  const described = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  // Even with the secret, which nobody has.
  const signUpAs = (Username: string) => {
    const hash = createHmac('sha256', described.UserPoolClient?.ClientSecret ?? '');
    const SecretHash = hash.update(`${Username}${ClientId}`).digest('base64');
    return cognito.send(new SignUpCommand({ ClientId, SecretHash, Username, Password: newPassword() }));
  };
  await expect(signUpAs('eve@evil.example')).rejects.toMatchObject({
    name: 'UserLambdaValidationException',
    message: 'PreSignUp failed with error domain_not_allowed.',
  });
  expect((await signUpAs('hopper@example.com')).UserSub).toBeTruthy();
  cognito.destroy();
});

test('without confirmation no code is mailed, and a forgotten password can still be reset', async () => {
  await register('grace@example.com');
  const mails = async () => (await call(runtime.edge, '/_local/mail?to=grace@example.com')).body.data;
  expect(await mails()).toEqual([]);
  await call(runtime.edge, '/v1/password/forgot', { body: { email: 'grace@example.com' } });
  const [{ code }] = await mails();
  const reset = { email: 'grace@example.com', code, password: newPassword() };
  expect((await call(runtime.edge, '/v1/password/reset', { body: reset })).status).toBe(200);
});

test('an address outside the allowed domains is 403', async () => {
  expect(await register('eve@example.org')).toMatchObject({
    status: 403,
    body: { error: { code: 'domain_not_allowed' } },
  });
});

test('a plan’s minute, its models and its self-service hold', async () => {
  const { body } = await register('linus@example.com');
  const refused = await call(runtime.edge, '/v1/api-keys', {
    token: body.token,
    body: { name: 'x', plan: '30-per-day' },
  });
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'plan_not_allowed' } } });
  const { id, key } = await createKey(runtime, body.token);
  const moved = await call(runtime.edge, `/v1/api-keys/${id}`, {
    method: 'PATCH',
    token: body.token,
    body: { plan: '30-per-day' },
  });
  expect(moved).toMatchObject({ status: 403, body: { error: { code: 'plan_not_allowed' } } });
  const chat = (fields = {}) => call(runtime.edge, '/v1/chat/completions', { key, body: chatBody(fields) });
  expect(await chat()).toMatchObject({ status: 403, body: { error: { code: 'model_not_allowed' } } });

  // In the middle of a minute, so that it can't end while the calls are made.
  const offsetSeconds = 86_400 + 30 - new Date().getUTCSeconds();
  await fetch(`${runtime.edge}/_local/clock`, { method: 'POST', body: JSON.stringify({ offsetSeconds }) });
  const statuses = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await chat({ model: 'nova-micro' })).status);
  expect(statuses).toEqual([200, 200, 429]);
  const full = await chat({ model: 'nova-micro' });
  expect(full.body.error).toMatchObject({
    code: 'rate_limit_exceeded',
    message: expect.stringContaining('minute'),
  });
  expect(Number(full.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(full.headers.get('x-should-retry')).toBeNull();
});

describe('what the settings add to every chat', () => {
  let key: string;
  beforeAll(async () => {
    const { body } = await register(`${crypto.randomUUID()}@example.com`);
    ({ key } = await createKey(runtime, body.token, { plan: '20-per-day' }));
  });

  const routes: [path: string, write: (content: string) => Record<string, unknown>][] = [
    ['/v1/chat/completions', (content) => chatBody({ messages: [{ role: 'user', content }] })],
    ['/v1/messages', (content) => chatBody({ messages: [{ role: 'user', content }] })],
    ['/v1/responses', (input) => ({ model: 'nova-lite', input, max_output_tokens: 200 })],
  ];
  const said = (body: unknown) => JSON.stringify(body).replaceAll('\\\\"', '"').replaceAll('\\"', '"');

  test.each(routes)('%s: the guardrail and the service tier go along', async (path, write) => {
    const text = scripted([{ echo: '/guardrailConfig' }, { echo: '/serviceTier' }]);
    const answer = await call(runtime.edge, path, { key, body: { ...write(text), ...limitOf(path) } });
    expect(answer.status).toBe(200);
    expect(said(answer.body)).toContain('"guardrailIdentifier":"gr1234567890"');
    expect(said(answer.body)).toContain('"type":"flex"');
  });

  test.each(routes)('%s: what the guardrail stops is told as filtered', async (path, write) => {
    const text = scripted([{ text: 'Well, ' }, { guardrail: 'output', message: 'I may not say.' }]);
    const { status, body } = await call(runtime.edge, path, {
      key,
      body: { ...write(text), ...limitOf(path) },
    });
    expect(status).toBe(200);
    const reason = body.choices?.[0].finish_reason ?? body.stop_reason ?? body.incomplete_details.reason;
    expect(reason).toBe(path === '/v1/messages' ? 'refusal' : 'content_filter');
  });

  const four = Array.from({ length: 4 }, (_, at) => ({
    role: at % 2 === 0 ? 'user' : 'assistant',
    content: 'x',
  }));
  const functions = ['a', 'b'];
  test.each<[path: string, field: string, body: Record<string, unknown>]>([
    ['/v1/chat/completions', 'messages', chatBody({ messages: four })],
    ['/v1/messages', 'messages', chatBody({ messages: four })],
    ['/v1/responses', 'input', { model: 'nova-lite', input: four }],
    [
      '/v1/chat/completions',
      'tools',
      chatBody({ tools: functions.map((name) => ({ type: 'function', function: { name } })) }),
    ],
    [
      '/v1/messages',
      'tools',
      chatBody({ tools: functions.map((name) => ({ name, input_schema: { type: 'object' } })) }),
    ],
    [
      '/v1/responses',
      'tools',
      { model: 'nova-lite', input: 'x', tools: functions.map((name) => ({ type: 'function', name })) },
    ],
  ])('%s: a limit on %s is told with its number', async (path, field, body) => {
    const { status, text } = await call(runtime.edge, path, { key, body });
    expect(status).toBe(400);
    expect(text).toContain(`${field} must hold at most ${field === 'tools' ? 1 : 3} `);
  });

  test.each(routes)('%s: the depth too', async (path, write) => {
    const deep = JSON.parse(`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`);
    const { status, text } = await call(runtime.edge, path, { key, body: { ...write('x'), deep } });
    expect(status).toBe(400);
    expect(text).toContain('deeper than 9 levels');
  });
});

test('an address writes as many one-time messages in an hour as the settings allow, exactly, whatever it claims to be', async () => {
  const write = (at: number) =>
    call(runtime.edge, '/v1/secrets', {
      body: { message: 'x' },
      headers: { 'x-forwarded-for': `192.0.2.${at}`, 'x-daypass-viewer-address': `192.0.2.${at}` },
    });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => write(at)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(new Set(refused.map(({ body }) => body.error.code))).toEqual(new Set(['rate_limit_exceeded']));
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeLessThanOrEqual(3600);
});

test('who wants it is mailed what is spent of a limit in dollars, once a step, and the operator of the ceiling', async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  const { token } = (await register(email)).body;
  const settings = { method: 'PATCH', token, body: { spendWarnings: true } };
  expect((await call(runtime.edge, '/v1/me', settings)).body.spendWarnings).toBe(true);
  const { key } = await createKey(runtime, token, { plan: '20-per-day', limits: { spendPerDay: 0.01 } });
  const chat = (input: number) => {
    const content = scripted([{ text: 'Hi' }, { usage: { inputTokens: input } }]);
    return call(runtime.edge, '/v1/chat/completions', {
      key,
      body: chatBody({ messages: [{ role: 'user', content }] }),
    });
  };
  expect((await chat(1)).status).toBe(200);
  await fiveMinutes();
  expect(await mailsTo(email)).toEqual([]);
  // Nova Lite costs 0.06 dollars for a million tokens of the prompt, and half of that on the flex tier.
  expect((await chat(280_000)).status).toBe(200);
  await fiveMinutes();
  await fiveMinutes();
  expect(await mailsTo(email)).toEqual(['80% of 0.01 US dollars a day spent']);
  expect(await mailsTo('ops@example.com')).toContain('80% of 0.01 US dollars a day spent');
});

test('a user is mailed that an admin suspended and restored the account, after the answer', async () => {
  const [email, password] = [`${crypto.randomUUID()}@example.com`, newPassword()];
  const { token } = (await register(email, password)).body;
  const { id } = (await call(runtime.edge, '/v1/me', { token })).body;
  const ops = { email: `${crypto.randomUUID()}@example.com`, password: newPassword() };
  await register(ops.email, ops.password);
  const admin = await makeAdmin(runtime, { ...ops, token: '', refreshToken: '' });
  const change = async (suspended: boolean) => {
    const asAdmin = { method: 'PATCH', token: admin.token, body: { suspended } };
    return (await call(runtime.edge, `/v1/admin/users/${id}`, asAdmin)).body.mail;
  };
  expect(await change(true)).toBe('queued');
  expect(await change(true)).toBe('none');
  await fiveMinutes();
  expect(await mailsTo(email)).toEqual(['Acme AI is closed to you']);
  expect(await change(false)).toBe('queued');
  await fiveMinutes();
  expect((await mailsTo(email)).sort()).toEqual([
    'Acme AI is closed to you',
    'Your Acme AI account works again',
  ]);
});

test('a code is mailed in the operator’s words', async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  await register(email);
  await call(runtime.edge, '/v1/password/forgot', { body: { email } });
  const [mail] = (await call(runtime.edge, `/_local/mail?to=${email}`)).body.data;
  expect(mail).toMatchObject({
    subject: 'Acme AI: your code',
    text: `Welcome & hello,\nyour code is ${mail.code}.`,
  });
});

test('the site’s own files are beside the console, and its name in what the API says of itself', async () => {
  const get = async (path: string) => (await fetch(`${runtime.edge}${path}`)).text();
  expect(await get('/')).toMatch(/<title>Acme AI: Every model Acme pays for, behind one key<\/title>/);
  const index = await get('/keys');
  expect(index).toContain('<title>Acme AI</title>');
  expect(index).toContain('<link rel="stylesheet" href="/brand.css" />');
  expect(await get('/brand.css')).toContain('--color-accent: light-dark(#b3421d, #');
  expect(await get('/logo-dark.svg')).toBe(ownSite.files['site/logo-dark.svg'].trim());
  expect(await get('/favicon.svg')).toBe(ownSite.files['site/logo.svg'].trim());
  const config = JSON.parse(await get('/config.json'));
  expect(config.site).toEqual({
    feedback: true,
    name: 'Acme AI',
    sentence: 'Every model Acme pays for, behind one key.',
    logo: 'mark',
    links: [{ label: 'Status', url: 'https://status.example.com' }],
    pages: [
      { name: 'contact', title: 'Contact' },
      { name: 'terms', title: 'Terms of use' },
    ],
  });
  expect(JSON.parse(await get('/pages/terms.json'))).toMatchObject({ title: 'Terms of use' });
  expect(JSON.parse(await get('/v1/openapi.json')).info.title).toBe('Acme AI');
});

describe('feedback', () => {
  const write = (token: string, message: string) =>
    call(runtime.edge, '/v1/feedback', { token, body: { message, category: 'idea' } });
  const mailed = async (from: string) => {
    const { data } = (await call(runtime.edge, '/_local/mail?to=ops@example.com')).body;
    return data.filter(({ replyTo }: { replyTo?: string }) => replyTo === from);
  };

  test('is mailed to the operator, to be answered to the user, and no more than five a day', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    const { token } = (await register(email)).body;
    expect(await write(token, ' ')).toMatchObject({ status: 400, body: { error: { param: 'message' } } });
    for (let count = 1; count <= 5; count += 1) {
      expect(await write(token, `Idea ${count}\nof <mine>`)).toMatchObject({
        status: 202,
        body: { status: 'queued' },
      });
    }
    const refused = await write(token, 'Idea 6');
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_attempts' } } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await mailed(email)).toEqual([]);
    await fiveMinutes();
    const mails = await mailed(email);
    expect(mails.map(({ text }: { text: string }) => text.slice(0, 6)).sort()).toEqual(
      [1, 2, 3, 4, 5].map((count) => `Idea ${count}`),
    );
    expect(mails[0]).toMatchObject({
      from: 'Acme AI <daypass@example.com>',
      subject: `Feedback (idea) from ${email}`,
      text: expect.stringContaining('of <mine>'),
    });
  });

  test('of a deleted account is deleted with it', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    const { token } = (await register(email)).body;
    expect((await write(token, 'Goodbye')).status).toBe(202);
    expect((await call(runtime.edge, '/v1/me', { method: 'DELETE', token })).status).toBe(200);
    await fiveMinutes();
    expect(await mailed(email)).toEqual([]);
  });
});

async function mailsTo(to: string): Promise<string[]> {
  const { data } = (await call(runtime.edge, `/_local/mail?to=${to}`)).body;
  return data.map(({ subject }: { subject: string }) => subject);
}

/** Until the reconciler's next pass. */
async function fiveMinutes(): Promise<void> {
  const { offsetSeconds } = (await call(runtime.edge, '/_local/clock')).body;
  await call(runtime.edge, '/_local/clock', { body: { offsetSeconds: offsetSeconds + 300 } });
}

/** Room for what is echoed. */
function limitOf(path: string) {
  return path === '/v1/responses' ? {} : { max_tokens: 200 };
}

describeAlarms(() => runtime);
