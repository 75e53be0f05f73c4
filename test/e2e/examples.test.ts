import * as said from '../../core/contract/examples/example-values.ts';
import {
  type Answer,
  addAdmin,
  addPerson,
  call,
  createKey,
  newEmail,
  newestCode,
  newPassword,
} from './client.ts';
import {
  codeOf,
  differences,
  type ExampleOperation,
  eventNames,
  exampleOperations,
  refusalWords,
  type Sending,
  sendExample,
} from './example-calls.ts';
import { notProvoked } from './examples-not-provoked.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

/**
 * The examples of the OpenAPI document, sent as they stand: each gets the documented status and an answer that is built
 * as the example's is; of a refusal, the words are the same too.
 */
let runtime: RunningRuntime;
let operations: Map<string, ExampleOperation>;
/** `createApiKey 201`, `createApiKey key_exists`. */
const seen = new Set<string>();
const faults: string[] = [];

beforeAll(async () => {
  runtime = await sharedRuntime();
  operations = await exampleOperations(runtime.edge);
});

const operation = (id: string): ExampleOperation => {
  const found = operations.get(id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
};

async function send(id: string, sending: Sending = {}): Promise<Answer> {
  const { answers, refusals, events } = operation(id);
  const answer = await sendExample(runtime.edge, operation(id), sending);
  const code = answer.status < 400 ? undefined : codeOf(answer.body);
  const name = `${id} ${code ?? answer.status}`;
  const example = code === undefined ? answers.get(answer.status) : refusals.get(code)?.body;
  seen.add(name);
  const found =
    example === undefined
      ? ['has no example']
      : answer.body === undefined
        ? eventNames(answer.text).join() === eventNames(events ?? '').join()
          ? []
          : [eventNames(answer.text).join(' ')]
        : differences(example, answer.body);
  faults.push(...found.map((fault) => `${name}: ${fault}`));
  if (code !== undefined && example !== undefined)
    if (JSON.stringify(refusalWords(answer.body)) !== JSON.stringify(refusalWords(example)))
      faults.push(`${name}: ${JSON.stringify(refusalWords(answer.body))}`);
  return answer;
}

/** As `send`, and the answer's status, or its code, must be this one. */
async function expecting(outcome: number | string, id: string, sending: Sending = {}): Promise<Answer> {
  const answer = await send(id, sending);
  const came = typeof outcome === 'number' ? answer.status : codeOf(answer.body);
  if (came !== outcome)
    faults.push(`${id}: ${outcome} expected, came ${answer.status} ${answer.text.slice(0, 200)}`);
  return answer;
}

const setFaults = (list: object[]) =>
  fetch(`${runtime.edge}/_local/faults`, { method: 'PUT', body: JSON.stringify({ faults: list }) });

const atEach = (
  fits: (one: ExampleOperation) => boolean,
  work: (one: ExampleOperation) => Promise<unknown>,
) => Promise.all([...operations.values()].filter(fits).map(work));

afterEach(async () => {
  await setFaults([]);
  expect(faults.splice(0)).toEqual([]);
});

test('signing up, logging in and a new password', async () => {
  const filling = { [said.email]: newEmail(), [said.password]: newPassword() };
  await Promise.all([
    expecting(201, 'register', { filling }),
    expecting('weak_password', 'register', { fields: { email: newEmail(), password: 'Correct-Horses' } }),
  ]);
  let registration = '';
  const withCode = async () => ({
    ...filling,
    [said.code]: await newestCode(runtime, filling[said.email] ?? ''),
    [said.registration]: registration,
  });
  const { body: latest } = await expecting(201, 'register', { filling });
  registration = latest.registration;
  await expecting('registration_changed', 'confirmRegistration', {
    filling: await withCode(),
    fields: { registration: undefined },
  });
  await expecting('email_not_confirmed', 'login', { filling });
  await expecting('email_not_confirmed', 'createSession', { filling });
  await expecting('invalid_code', 'confirmRegistration', {
    filling: { ...(await withCode()), [said.code]: '000000' },
  });
  await expecting(200, 'confirmRegistration', { filling: await withCode() });
  const { body: session } = await expecting(200, 'login', { filling });
  await expecting('invalid_credentials', 'login', { filling, fields: { password: 'wrong' } });
  await expecting('invalid_credentials', 'createSession', { filling, fields: { password: 'wrong' } });
  const refreshing = { filling: { [said.refreshToken]: session.refreshToken } };
  await expecting(200, 'refreshLogin', refreshing);
  await expecting('invalid_refresh_token', 'refreshLogin');
  await expecting(200, 'logout', { token: session.token, ...refreshing });
  await Promise.all([
    expecting(200, 'resendCode', { filling }),
    expecting(200, 'forgotPassword', { filling }),
  ]);
  const reset = await withCode();
  await expecting('weak_password', 'resetPassword', {
    filling: reset,
    fields: { password: 'Correct-Horses' },
  });
  await expecting('invalid_code', 'resetPassword', { filling: { ...reset, [said.code]: '000000' } });
  await expecting(200, 'resetPassword', { filling: reset });
});

test('sessions of pages', async () => {
  const person = await addPerson(runtime);
  const filling = { [said.email]: person.email, [said.password]: person.password };
  const headers = { 'sec-fetch-site': 'cross-site' };
  await expecting('cross_site_request', 'createSession', { filling, headers });
  const { body, headers: answered } = await expecting(200, 'createSession', { filling });
  const cookie = (answered.get('set-cookie') ?? '').split(';')[0] ?? '';
  await expecting('session_expired', 'refreshSession');
  await expecting('cross_site_request', 'refreshSession', { parameters: { 'x-daypass-session': '' } });
  await expecting('cross_site_request', 'endSession', { headers: { cookie, ...headers } });
  const { body: renewed } = await expecting(200, 'refreshSession', { headers: { cookie } });
  const { body: listed } = await expecting(200, 'listSessions', { token: renewed.token });
  await expecting('not_found', 'endOneSession', { token: body.token });
  await expecting('wrong_password', 'changePassword', { token: body.token });
  await expecting('weak_password', 'changePassword', {
    token: body.token,
    filling,
    fields: { newPassword: 'Correct-Horses' },
  });
  await expecting(200, 'endOneSession', { token: renewed.token, parameters: { id: listed.data[0].id } });
  const { body: again } = await expecting(200, 'createSession', { filling });
  const { body: changed } = await expecting(200, 'changePassword', { token: again.token, filling });
  await expecting(200, 'endSession', { headers: { cookie } });
  await expecting(200, 'endAllSessions', { token: changed.token });
});

const chats = ['createChatCompletion', 'createMessage', 'createResponse'];
const metered = [...chats, 'createEmbedding'];

test('keys, and calls with them', async () => {
  const { token } = await addPerson(runtime);
  const repeated = (name: string) => ({ 'Idempotency-Key': `${name}-${token.slice(-20)}` });
  const first = repeated('first');
  const { body: made } = await expecting(201, 'createApiKey', { token, parameters: first });
  const { key, id } = made;
  const own = { token, filling: { [said.keyId]: id } };
  const inTurn: [string | number, string, Sending][] = [
    ['idempotency_mismatch', 'createApiKey', { token, parameters: first, fields: { name: 'Another' } }],
    ['key_exists', 'createApiKey', { token, parameters: { 'Idempotency-Key': '' } }],
    ['unknown_plan', 'createApiKey', { token, parameters: repeated('none'), fields: { plan: 'gold' } }],
    [
      'plan_not_allowed',
      'createApiKey',
      { token, parameters: repeated('all'), fields: { plan: 'unlimited' } },
    ],
    [200, 'getCurrentKey', { key }],
    ...metered.map((name): [number, string, Sending] => [200, name, { key }]),
    ...chats.map((name): [number, string, Sending] => [200, name, { key, fields: { stream: true } }]),
    [200, 'countMessageTokens', { key }],
    [200, 'createConsoleChatCompletion', own],
    [200, 'createConsoleChatCompletion', { ...own, fields: { stream: true } }],
    ['not_found', 'createConsoleChatCompletion', { token }],
    [200, 'listApiKeys', own],
    [200, 'getApiKey', own],
    [200, 'getUsage', own],
    [200, 'listRequests', own],
    [200, 'getMe', own],
    [200, 'updateApiKey', own],
    ['unknown_plan', 'updateApiKey', { ...own, fields: { plan: 'gold' } }],
    ['plan_not_allowed', 'updateApiKey', { ...own, fields: { plan: 'unlimited', limits: undefined } }],
    [200, 'rotateApiKey', { ...own, parameters: repeated('rotate') }],
    [
      'idempotency_mismatch',
      'rotateApiKey',
      { ...own, parameters: repeated('rotate'), fields: { graceSeconds: 60 } },
    ],
  ];
  for (const [outcome, name, sending] of inTurn) await expecting(outcome, name, sending);
  const { id: second } = await createKey(runtime, token, { plan: '20-per-day' });
  await expecting('key_exists', 'updateApiKey', { ...own, fields: { plan: '20-per-day' } });
  await call(runtime.edge, `/v1/api-keys/${second}`, { method: 'DELETE', token });
  await expecting(200, 'revokeApiKey', own);
  await expecting('key_ended', 'updateApiKey', own);
  await expecting('key_ended', 'rotateApiKey', { ...own, parameters: repeated('late') });
  await expecting('key_ended', 'createApiKey', { token, parameters: first });
  await expecting(200, 'updateMe', { token });
  await expecting('mail_not_set_up', 'sendFeedback', { token });
  await expecting('not_found', 'putProviderKey', { token });
  await expecting(200, 'listProviderKeys', { token });
  await expecting(200, 'deleteMe', { token });
});

/** Models of a key that may not call those of the examples. */
const others: Readonly<Record<string, string>> = {
  createEmbedding: 'cohere-embed-v4',
  countMessageTokens: 'claude-sonnet-4-6',
};
const otherModel = (id: string) => others[id] ?? 'nova-micro';

test('calls that a key or its models may not make, or that its model fails', async () => {
  const asked = [...metered, 'createConsoleChatCompletion', 'countMessageTokens'];
  const failures = {
    ThrottlingException: 'model_overloaded',
    ModelErrorException: 'model_failed',
    ModelTimeoutException: 'model_timeout',
    ValidationException: 'model_refused_request',
  };
  const callers = await Promise.all(
    asked.map(async (id) => {
      const { token } = await addPerson(runtime);
      const narrow = { models: [...Object.values(others), 'nova-micro'], allowedHosts: ['example.com'] };
      const limited = await createKey(runtime, token, { plan: '20-per-day', ...narrow });
      const own = await createKey(runtime, token, { plan: '30-per-day' });
      const small = await createKey(runtime, token, { limits: { requestsPerDay: 1 } });
      const by = (key: typeof own): Sending =>
        id === 'createConsoleChatCompletion'
          ? { token, filling: { [said.keyId]: key.id } }
          : { key: key.key };
      return { id, limited: by(limited), own: by(own), small: by(small) };
    }),
  );
  const atAll = (work: (caller: (typeof callers)[number]) => Promise<unknown>) =>
    Promise.all(callers.map(work));
  const long = 'word '.repeat(130_000);
  await atAll(async ({ id, own, limited }) => {
    await expecting('model_not_found', id, { ...own, fields: { model: 'gold' } });
    await expecting('model_not_allowed', id, { ...limited, headers: { origin: 'https://example.com' } });
    const fields = { model: otherModel(id) };
    await expecting('host_not_allowed', id, {
      ...limited,
      fields,
      headers: { origin: 'https://example.org' },
    });
    const text = id === 'createResponse' ? { input: long } : { messages: [{ role: 'user', content: long }] };
    if (!notProvoked(id, 'context_length_exceeded'))
      await expecting('context_length_exceeded', id, { ...own, fields: { ...fields, ...text } });
  });
  for (const [error, code] of Object.entries(failures)) {
    await setFaults([{ service: 'bedrock', kind: 'error', error }]);
    await atAll(({ id, own }) => expecting(code, id, own));
  }
  await setFaults([]);
  await atAll(({ id, small }) => expecting(200, id, small));
  await atAll(({ id, small }) =>
    id === 'countMessageTokens' ? Promise.resolve() : expecting('quota_exceeded', id, small),
  );
  await Promise.all(['listModels', 'getModel', 'listPlans', 'getOpenApi'].map((id) => expecting(200, id)));
  await expecting('model_not_found', 'getModel', { parameters: { id: 'gold' } });
});

test('one-time messages', async () => {
  const { body } = await expecting(201, 'createOneTimeMessage');
  const filling = { [said.messageId]: body.id, [said.receipt]: body.receipt };
  await expecting(200, 'getOneTimeMessage', { filling });
  await expecting(200, 'getReceipt', { filling });
  await expecting(200, 'burnOneTimeMessage', { filling });
  await expecting('invalid_request', 'getReceipt', { filling, parameters: { 'x-daypass-receipt': '' } });
  await expecting('invalid_request', 'burnOneTimeMessage', {
    filling,
    parameters: { 'x-daypass-receipt': '' },
  });
  const { body: second } = await expecting(201, 'createOneTimeMessage');
  await expecting(200, 'revealOneTimeMessage', { filling: { [said.messageId]: second.id } });
});

test('what admins do', async () => {
  const { token } = await addAdmin(runtime);
  const person = await addPerson(runtime);
  const { body: me } = await call(runtime.edge, '/v1/me', { token: person.token });
  const { id: keyId, key } = await createKey(runtime, person.token);
  await call(runtime.edge, '/v1/chat/completions', { key, body: operation('createChatCompletion').body });
  const of = { token, filling: { [said.userId]: me.id, [said.keyId]: keyId, [said.email]: newEmail() } };
  const known = { ...of, filling: { [said.email]: person.email } };
  const inTurn: [string | number, string, Sending][] = [
    [200, 'listUsers', of],
    [201, 'inviteUser', of],
    ['email_taken', 'inviteUser', known],
    [200, 'getUser', of],
    [200, 'changeUser', of],
    ['unknown_plan', 'changeUser', { ...of, fields: { allowedPlans: ['gold'] } }],
    [200, 'turnOffAuthenticator', of],
    [200, 'listAllApiKeys', of],
    [200, 'getAllUsage', { ...of, parameters: { userId: me.id } }],
    [200, 'listAllRequests', { ...of, parameters: { userId: me.id } }],
    [200, 'getAudit', of],
    [200, 'getHealth', of],
    [200, 'revokeAnyApiKey', of],
  ];
  for (const [outcome, name, sending] of inTurn) await expecting(outcome, name, sending);

  await expecting(200, 'deleteUser', of);
});

/** What a call must not hold: of those with a body, none at all. */
function mistake({ id, body, parameters }: ExampleOperation): Sending {
  if (id === 'rotateApiKey') return { fields: { graceSeconds: -1 } };
  if (id === 'logout') return { fields: { refreshToken: '' } };
  if (body !== undefined) return { body: '' };
  return parameters.some(({ name }) => name === 'limit')
    ? { parameters: { limit: '0' } }
    : { parameters: { keyId: 'k'.repeat(101) } };
}

test('what is refused whatever it is about', async () => {
  const [{ token }, admin] = await Promise.all([addPerson(runtime), addAdmin(runtime)]);
  const { key, id: keyId } = await createKey(runtime, token, { plan: '30-per-day' });
  const caller = ({ id, access }: ExampleOperation): Sending =>
    id === 'createConsoleChatCompletion'
      ? { token, filling: { [said.keyId]: keyId } }
      : access === 'login'
        ? { token }
        : access === 'admin'
          ? { token: admin.token }
          : access === 'key'
            ? { key }
            : {};
  const documents = (code: string) => (one: ExampleOperation) =>
    one.refusals.has(code) && !notProvoked(one.id, code);

  await atEach(documents('unauthorized'), ({ id }) => expecting('unauthorized', id));
  await atEach(documents('invalid_api_key'), ({ id }) => expecting('invalid_api_key', id));
  await atEach(documents('forbidden'), ({ id }) => expecting('forbidden', id, { token }));
  await atEach(documents('invalid_json'), (one) =>
    expecting('invalid_json', one.id, { ...caller(one), body: '{"' }),
  );
  await atEach(documents('unsupported_media_type'), (one) =>
    expecting('unsupported_media_type', one.id, {
      ...caller(one),
      headers: { 'content-type': 'text/plain' },
    }),
  );
  await atEach(documents('payload_too_large'), (one) =>
    expecting('payload_too_large', one.id, { ...caller(one), body: `"${'x'.repeat(1_048_577)}"` }),
  );
  await atEach(documents('unsupported_parameter'), (one) =>
    expecting('unsupported_parameter', one.id, {
      ...caller(one),
      fields: { colour: 'red' },
    }),
  );
  await atEach(documents('invalid_request'), (one) =>
    seen.has(`${one.id} invalid_request`)
      ? Promise.resolve()
      : expecting('invalid_request', one.id, { ...caller(one), ...mistake(one) }),
  );
  await atEach(documents('not_found'), (one) =>
    seen.has(`${one.id} not_found`) ? Promise.resolve() : expecting('not_found', one.id, caller(one)),
  );
  await setFaults([{ service: 'lambda', kind: 'throttle' }]);
  await atEach(documents('service_unavailable'), (one) =>
    expecting('service_unavailable', one.id, caller(one)),
  );
});

test('every other status is on the list, with why it can’t be brought about here', () => {
  const all = [...operations.values()].flatMap(({ id, answers, refusals }) =>
    [...answers.keys(), ...refusals.keys()].map((outcome) => [id, String(outcome)] as const),
  );
  const missed = all.filter(([id, outcome]) => !seen.has(`${id} ${outcome}`) && !notProvoked(id, outcome));
  expect(missed.map((one) => one.join(' '))).toEqual([]);
  const needless = all.filter(([id, outcome]) => seen.has(`${id} ${outcome}`) && notProvoked(id, outcome));
  expect(needless.map((one) => one.join(' '))).toEqual([]);
});
