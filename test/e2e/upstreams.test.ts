import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import { addAdmin, addPerson, call } from './client.ts';
import { freePort } from './free-port.ts';
import { setFaults } from './local-switches.ts';
import { type OtherAssembly, synthesizeWith } from './other-assembly.ts';
import { runPage } from './run-page.ts';
import { type RunningRuntime, startRuntime } from './runtime.ts';
import { newSdkCaller, recordedOf, type SdkCaller } from './sdk-caller.ts';

const embeddings = `embeddingModels:
  - { name: small, provider: openai, modelId: text-embedding-3-small, dimensions: [256, 1536], pricePerMillionTokens: { input: 0.02 } }
  - { name: hidden-embed, provider: hidden, modelId: hidden, pricePerMillionTokens: { input: 0 } }
  - { name: my-embed, provider: mine, modelId: text-embedding-3-large, pricePerMillionTokens: { input: 0.13 } }
`;

let other: OtherAssembly;
let runtime: RunningRuntime;
let caller: SdkCaller;

beforeAll(async () => {
  const port = await freePort();
  const standIn = (name: string) => `http://127.0.0.1:${port + 566}/_stand-in/${name}/v1`;
  other = synthesizeWith((shown) =>
    shown.replace('embeddingModels:\n', embeddings).replace(
      'models:\n',
      `providers:
  openai: { baseUrl: "${standIn('openai')}", apiKey: { secret: llm/openai }, privateNetwork: true, responses: true, limitField: max_completion_tokens }
  anthropic: { baseUrl: "${standIn('anthropic')}", apiKey: { secret: llm/anthropic }, privateNetwork: true }
  late: { baseUrl: "${standIn('openai')}", apiKey: { secret: llm/late }, privateNetwork: true }
  mine: { baseUrl: "${standIn('openai')}", privateNetwork: true }
  hidden: { baseUrl: "https://127.0.0.1:${port + 566}/v1", apiKey: none }
models:
  - { name: gpt-6, provider: openai, modelId: gpt-6-sol, contextTokens: 400000, maxOutputTokens: 64000, pricePerMillionTokens: { input: 1, output: 8 }, fallbacks: [nova-micro] }
  - { name: gpt-pro, provider: openai, modelId: gpt-5.5-pro, contextTokens: 400000, maxOutputTokens: 64000, pricePerMillionTokens: { input: 30, output: 180 } }
  - { name: gpt-search, provider: openai, modelId: gpt-4o-search-preview, contextTokens: 128000, maxOutputTokens: 16000, pricePerMillionTokens: { input: 2, output: 10 } }
  - { name: oss, provider: bedrock-openai, modelId: openai.gpt-oss-120b-1:0, contextTokens: 128000, maxOutputTokens: 16000, pricePerMillionTokens: { input: 0.15, output: 0.6 } }
  - { name: claude-direct, provider: anthropic, modelId: claude-sonnet-4-6, contextTokens: 200000, maxOutputTokens: 64000, pricePerMillionTokens: { input: 3, output: 15 } }
  - { name: late, provider: late, modelId: gpt-4.1, contextTokens: 400000, maxOutputTokens: 64000, pricePerMillionTokens: { input: 1, output: 8 } }
  - { name: mine, provider: mine, modelId: gpt-4.1, contextTokens: 400000, maxOutputTokens: 64000, pricePerMillionTokens: { input: 1, output: 8 } }
  - { name: gpt-bedrock, provider: bedrock-openai, modelId: openai.gpt-6-sol, inferenceProfile: global.openai.gpt-6-sol, contextTokens: 1050000, maxOutputTokens: 128000, pricePerMillionTokens: { input: 2, output: 10 } }
  - { name: hidden, provider: hidden, modelId: hidden, contextTokens: 8000, maxOutputTokens: 4000, pricePerMillionTokens: { input: 0, output: 0 } }
`,
    ),
  );
  runtime = await startRuntime({ port, assembly: other.assembly });
  await putSecret('CreateSecret', { Name: 'llm/openai', SecretString: 'sk-operator-1234' });
  await putSecret('CreateSecret', { Name: 'llm/anthropic', SecretString: 'sk-ant-operator-5678' });
}, 240_000);

beforeEach(async () => {
  await setFaults(runtime, []);
  caller = await newSdkCaller(runtime);
});

afterEach(async () => {
  // What was answered was charged and settled once; what was refused was refunded.
  const { used, row } = await recordedOf(runtime, caller);
  expect({ used, requests: row.requests }).toEqual({ used: caller.answered(), requests: caller.answered() });
});

afterAll(async () => {
  await runtime?.stop();
  other?.remove();
});

/** As the AWS CLI sends it; the runtime asks for a signature and doesn't verify it. */
async function putSecret(operation: string, input: object): Promise<void> {
  const scope = 'Credential=local/20261128/us-east-1/secretsmanager/aws4_request';
  const answer = await fetch(runtime.aws, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=local`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `secretsmanager.${operation}`,
    },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

async function lastRequest(
  name: string,
): Promise<{ path: string; keyEnd: string; headers: Record<string, string>; body: Record<string, unknown> }> {
  const answer = await fetch(`${runtime.aws}/_stand-in/${name}/requests`);
  return ((await answer.json()) as { data: never[] }).data[0] as never;
}

const hi = { role: 'user' as const, content: 'Hi there' };
const params = { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] };

describe('OpenAI’s client at a model of OpenAI', () => {
  test('is relayed, streamed and whole, with fields that Bedrock has no place for', async () => {
    const chat = { model: 'gpt-6', messages: [hi], seed: 7, n: 1, logprobs: false };
    const whole = await caller.openai.chat.completions.create(chat);
    expect(whole.choices[0]?.message.content).toContain('Hi there');
    expect(whole.system_fingerprint).toBe('fp_local');
    const { body, keyEnd, path } = await lastRequest('openai');
    expect([path, keyEnd]).toEqual(['/_stand-in/openai/v1/chat/completions', '1234']);
    expect(body).toEqual({ ...chat, model: 'gpt-6-sol', max_completion_tokens: 4096 });
    const stream = caller.openai.chat.completions.stream({ ...chat, stream: true });
    expect((await stream.finalChatCompletion()).choices[0]?.message.content).toBe(
      whole.choices[0]?.message.content,
    );
    const { row } = await recordedOf(runtime, caller);
    expect(row).toMatchObject({ requests: 2 });
    expect((row as { outputTokens?: number }).outputTokens).toBe(2 * (whole.usage?.completion_tokens ?? 0));
  });

  test('calls tools, and Responses are relayed too', async () => {
    const response = await caller.openai.responses.create({
      model: 'gpt-6',
      input: 'Please search',
      tools: [{ type: 'function', name: 'search', parameters: params, strict: false }],
    });
    expect(response.output[0]).toMatchObject({ type: 'function_call', name: 'search' });
    expect((await lastRequest('openai')).body).toMatchObject({ store: false, max_output_tokens: 4096 });
    const stream = caller.openai.responses.stream({ model: 'gpt-6', input: 'Hi there' });
    expect((await stream.finalResponse()).output_text).toContain('Hi there');
  });
});

test('a model that answers Responses alone is called by those, and refuses the other dialects by name', async () => {
  const response = await caller.openai.responses.create({ model: 'gpt-pro', input: 'Hi there' });
  expect(response.output_text).toContain('gpt-5.5-pro was asked: Hi there');
  const refused = { status: 400, message: expect.stringContaining('/v1/responses') };
  const chat = { model: 'gpt-pro', messages: [hi] };
  await expect(caller.openai.chat.completions.create(chat)).rejects.toMatchObject(refused);
  const message = caller.anthropic.messages.create({ ...chat, max_tokens: 50 });
  await expect(message).rejects.toMatchObject(refused);
});

test.each(['gpt-search', 'oss'])(
  '%s, which answers Chat Completions alone, is asked by those for Responses too',
  async (model) => {
    const response = await caller.openai.responses.create({ model, input: 'Hi there' });
    expect(response.output_text).toContain('Hi there');
    await expect(
      caller.openai.responses.create({ model, input: 'Hi there', truncation: 'auto' }),
    ).rejects.toMatchObject({ status: 400, param: 'truncation' });
  },
);

describe('Anthropic’s client', () => {
  test('at a model of Anthropic is relayed, with its betas', async () => {
    const asked = { model: 'claude-direct', max_tokens: 2000, messages: [hi] };
    const whole = await caller.anthropic.messages.create(asked, {
      headers: { 'anthropic-beta': 'some-beta' },
    });
    expect(whole.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('Hi there') });
    const { headers, body, keyEnd } = await lastRequest('anthropic');
    expect([headers['anthropic-beta'], keyEnd]).toEqual(['some-beta', '5678']);
    expect(body).toEqual({ ...asked, model: 'claude-sonnet-4-6' });
    const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
    const streamed = await caller.anthropic.messages.stream({ ...asked, thinking }).finalMessage();
    expect(streamed.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    expect(streamed.usage.output_tokens).toBeGreaterThan(1);
  });

  test('at a model of OpenAI is translated, tools included', async () => {
    const answer = await caller.anthropic.messages
      .stream({
        model: 'gpt-6',
        max_tokens: 2000,
        system: 'Be brief',
        messages: [hi],
        tools: [{ name: 'search', input_schema: { ...params, type: 'object' } }],
        tool_choice: { type: 'any' },
      })
      .finalMessage();
    expect(answer.content[0]).toMatchObject({
      type: 'tool_use',
      name: 'search',
      input: { query: 'Daypass' },
    });
    expect((await lastRequest('openai')).body).toMatchObject({
      messages: [{ role: 'system', content: 'Be brief' }, hi],
      tool_choice: 'required',
    });
  });
});

test('OpenAI’s client at a model of Anthropic is translated, in both dialects', async () => {
  const chat = await caller.openai.chat.completions.create({
    model: 'claude-direct',
    messages: [{ role: 'system', content: 'Be brief' }, hi],
    reasoning_effort: 'low',
  });
  expect(chat.choices[0]?.message.content).toContain('Hi there');
  expect((await lastRequest('anthropic')).body).toMatchObject({
    system: [{ type: 'text', text: 'Be brief' }],
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi there' }] }],
    max_tokens: 4096,
  });
  const response = await caller.openai.responses.create({ model: 'claude-direct', input: 'Hi there' });
  expect(response.output_text).toContain('Hi there');
});

test('Bedrock’s endpoint for OpenAI’s API is asked in all three dialects, signed and without a key', async () => {
  const chat = { model: 'gpt-bedrock', messages: [hi], seed: 1 };
  const whole = await caller.openai.chat.completions.create(chat, {
    headers: { 'x-provider-key': 'sk-not-used-here' },
  });
  expect(whole.choices[0]?.message.content).toContain('gpt-6-sol was asked: Hi there');
  const response = await caller.openai.responses.create({ model: 'gpt-bedrock', input: 'Hi there' });
  expect(response.output_text).toContain('Hi there');
  const asked = { model: 'gpt-bedrock', max_tokens: 500, messages: [hi] };
  const message = await caller.anthropic.messages.stream(asked).finalMessage();
  expect(message.content[0]).toMatchObject({ text: expect.stringContaining('Hi there') });
  await setFaults(runtime, [{ service: 'bedrock', operation: 'CreateChatCompletion', kind: 'throttle' }]);
  await expect(caller.openai.chat.completions.create(chat)).rejects.toMatchObject({
    code: 'model_overloaded',
  });
});

describe('OpenAI’s client at an embedding model of OpenAI', () => {
  const embed = (fields: object, headers: Record<string, string> = {}) =>
    caller.openai.embeddings.create({ model: 'small', input: 'Hi there', ...fields }, { headers });

  test('gets its vectors, of texts and of their tokens, and is charged by its count', async () => {
    const { data, usage } = await embed({ input: ['one', 'two'], dimensions: 256 });
    expect(data.map(({ index, embedding }) => [index, embedding.length])).toEqual([
      [0, 256],
      [1, 256],
    ]);
    const { path, keyEnd, body } = await lastRequest('openai');
    expect([path, keyEnd]).toEqual(['/_stand-in/openai/v1/embeddings', '1234']);
    // The SDK asks for base64 by itself.
    expect(body).toEqual({
      model: 'text-embedding-3-small',
      input: ['one', 'two'],
      dimensions: 256,
      encoding_format: 'base64',
    });
    const alone = await embed({ input: 'two', dimensions: 256, encoding_format: 'float' });
    expect(Array.from(Float32Array.from(alone.data[0]?.embedding ?? []))).toEqual(data[1]?.embedding);
    const tokens = await embed({ input: [[1, 2, 3], [4]] });
    expect([tokens.data.length, tokens.usage.prompt_tokens]).toEqual([2, 4]);
    const { row } = await recordedOf(runtime, caller);
    expect(row).toMatchObject({
      requests: 3,
      inputTokens: usage.prompt_tokens + alone.usage.prompt_tokens + 4,
    });
  });

  test('takes a key of the caller’s own, which costs nothing here', async () => {
    await expect(embed({ model: 'my-embed' })).rejects.toMatchObject({ code: 'provider_key_required' });
    await embed({ model: 'my-embed' }, { 'x-provider-key': 'sk-request-own1' });
    expect((await lastRequest('openai')).keyEnd).toBe('own1');
    await expect(embed({}, { 'x-openai-key': 'wrong-own-key' })).rejects.toMatchObject({
      code: 'provider_key_refused',
    });
    expect((await recordedOf(runtime, caller)).row).toMatchObject({ requests: 1, cost: 0 });
  });

  test.each([
    ['throttle', 503, 'model_overloaded'],
    ['error', 502, 'model_failed'],
    ['drop-reply', 502, 'model_failed'],
  ])('that fails with %s is answered %i %s, and not charged', async (kind, status, code) => {
    await setFaults(runtime, [{ service: 'openai', operation: 'CreateEmbedding', kind }]);
    await expect(embed({})).rejects.toMatchObject({ status, code });
  });

  test('whose host is of a private network that is not listed as one is never reached', async () => {
    await expect(embed({ model: 'hidden-embed' })).rejects.toMatchObject({
      status: 503,
      code: 'service_unavailable',
    });
  });
});

describe('a count of tokens', () => {
  const count = (model: string, headers: Record<string, string> = {}) =>
    caller.anthropic.messages.countTokens({ model, system: 'Be brief', messages: [hi] }, { headers });

  test('is Anthropic’s own for its models, and not charged', async () => {
    const { input_tokens } = await count('claude-direct', { 'anthropic-beta': 'some-beta' });
    expect(input_tokens).toBeGreaterThan(5);
    const { path, keyEnd, body, headers } = await lastRequest('anthropic');
    expect([path, keyEnd]).toEqual(['/_stand-in/anthropic/v1/messages/count_tokens', '5678']);
    expect(headers['anthropic-beta']).toBe('some-beta');
    expect(body).toEqual({ model: 'claude-sonnet-4-6', system: 'Be brief', messages: [hi] });
    await count('claude-direct', { 'x-provider-key': 'sk-ant-own-3333' });
    expect((await lastRequest('anthropic')).keyEnd).toBe('3333');
  });

  test.each([
    ['throttle', 503],
    ['error', 502],
    ['drop-reply', 502],
  ])('that ends in %s is answered %i', async (kind, status) => {
    await setFaults(runtime, [{ service: 'anthropic', operation: 'CountMessageTokens', kind }]);
    await expect(count('claude-direct')).rejects.toMatchObject({ status });
  });

  test.each(['gpt-6', 'gpt-bedrock'])(
    'for %s, which has no such count, is refused by name',
    async (model) => {
      await expect(count(model)).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining(`Tokens can't be counted for '${model}'`),
      });
    },
  );
});

describe('when the provider fails', () => {
  const chat = { model: 'gpt-6', messages: [hi], stream: true as const };
  const text = async (body: OpenAI.ChatCompletionCreateParamsStreaming) => {
    let said = '';
    for await (const chunk of await caller.openai.chat.completions.create(body)) {
      said += chunk.choices[0]?.delta.content ?? '';
    }
    return said;
  };

  test('before the first token, the fallback at Bedrock answers in the same dialect', async () => {
    await setFaults(runtime, [{ service: 'openai', kind: 'throttle' }]);
    expect(await text(chat)).toContain('amazon.nova-micro-v1:0');
  });

  test('what only the provider can take is then refused, and refunded', async () => {
    await setFaults(runtime, [{ service: 'openai', kind: 'throttle' }]);
    await expect(text({ ...chat, seed: 7, logit_bias: { 1: 1 } })).rejects.toMatchObject({
      status: 503,
      code: 'model_overloaded',
    });
  });

  test.each([
    ['error', 'model_failed'],
    ['drop-reply', 'model_failed'],
  ])('with %s it is %s', async (kind, code) => {
    await setFaults(runtime, [{ service: 'openai', kind }]);
    await expect(text(chat)).rejects.toMatchObject({ code });
  });

  test.each(['cut', 'mid-stream-error'])('within the stream (%s), it ends with one error', async (kind) => {
    await setFaults(runtime, [{ service: 'openai', kind, afterEvents: 4 }]);
    await expect(text(chat)).rejects.toMatchObject({ code: 'model_failed' });
    await setFaults(runtime, [{ service: 'anthropic', kind, afterEvents: 5 }]);
    const direct = caller.anthropic.messages.stream({
      model: 'claude-direct',
      max_tokens: 50,
      messages: [hi],
    });
    await expect(direct.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIError);
  });

  test('a host of a private network that is not listed as one is never reached', async () => {
    const answer = await call(runtime.edge, '/v1/chat/completions', {
      key: caller.key.key,
      body: { model: 'hidden', messages: [hi] },
    });
    expect([answer.status, answer.body.error.code]).toEqual([503, 'service_unavailable']);
  });

  test('a key that the provider refuses is a 502, and a secret put right is used at once', async () => {
    await putSecret('CreateSecret', { Name: 'llm/late', SecretString: 'nonsense' });
    const ask = () => caller.openai.chat.completions.create({ model: 'late', messages: [hi] });
    await expect(ask()).rejects.toMatchObject({ status: 502, code: 'model_failed' });
    await putSecret('PutSecretValue', { SecretId: 'llm/late', SecretString: 'sk-operator-9999' });
    expect((await ask()).object).toBe('chat.completion');
    expect((await lastRequest('openai')).keyEnd).toBe('9999');
  });
});

describe('a key of the caller’s own', () => {
  const ask = (model: string, headers: Record<string, string> = {}) =>
    caller.openai.chat.completions.create({ model, messages: [hi] }, { headers });
  const keep = (provider: string, key: string, query = '', method = 'PUT') =>
    call(runtime.edge, `/v1/provider-keys/${provider}${query}`, {
      method,
      token: caller.person.token,
      ...(method === 'PUT' && { body: { key } }),
    });
  const keyUsed = async () => (await lastRequest('openai')).keyEnd;

  test('is needed where the operator has none, and is taken from the request', async () => {
    await expect(ask('mine')).rejects.toMatchObject({ status: 401, code: 'provider_key_required' });
    await ask('mine', { 'x-provider-key': 'sk-request-own1' });
    expect(await keyUsed()).toBe('own1');
    await ask('gpt-6', { 'x-openai-key': 'sk-request-own2' });
    expect(await keyUsed()).toBe('own2');
    // OpenAI's own is not sent to others.
    await expect(ask('mine', { 'x-openai-key': 'sk-request-own2' })).rejects.toMatchObject({ status: 401 });
    const { row } = await recordedOf(runtime, caller);
    expect(row).toMatchObject({ requests: 2, cost: 0 });
  });

  test('that the provider refuses is a 403 that repeats nothing', async () => {
    const refused = await ask('gpt-6', { 'x-provider-key': 'wrong-own-key' }).catch((error) => error);
    expect(refused).toMatchObject({ status: 403, code: 'provider_key_refused' });
    expect(String(refused.message)).not.toContain('wrong');
  });

  test('is kept sealed, and used in this order: request, key, account, operator', async () => {
    const keyId = caller.key.id;
    const kept = await keep('openai', 'sk-account-own3');
    expect(kept).toMatchObject({ status: 200, body: { provider: 'openai', keyId: null, last4: 'own3' } });
    expect(kept.text).not.toContain('sk-');
    await ask('gpt-6');
    expect(await keyUsed()).toBe('own3');
    expect(await keep('openai', 'sk-of-key-own4', `?keyId=${keyId}`)).toMatchObject({
      status: 200,
      body: { keyId },
    });
    await ask('gpt-6');
    expect(await keyUsed()).toBe('own4');
    await ask('gpt-6', { 'x-provider-key': 'sk-request-own5' });
    expect(await keyUsed()).toBe('own5');
    const list = (query: string) =>
      call(runtime.edge, `/v1/provider-keys${query}`, { token: caller.person.token });
    expect((await list('')).body.data).toMatchObject([{ provider: 'openai', keyId: null, last4: 'own3' }]);
    expect((await list(`?keyId=${keyId}`)).body.data).toMatchObject([{ keyId, last4: 'own4' }]);
    expect((await keep('openai', '', `?keyId=${keyId}`, 'DELETE')).status).toBe(200);
    await ask('gpt-6');
    expect(await keyUsed()).toBe('own3');
    expect((await keep('openai', '', '', 'GET')).body.last4).toBe('own3');
    expect((await keep('openai', '', '', 'DELETE')).status).toBe(200);
    await ask('gpt-6');
    expect(await keyUsed()).toBe('1234');
    expect(await keep('openai', '', '', 'GET')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
  });

  test('is somebody else’s business nowhere', async () => {
    const stranger = await newSdkCaller(runtime);
    await keep('openai', 'sk-account-own6');
    const others = await call(runtime.edge, '/v1/provider-keys/openai', { token: stranger.person.token });
    expect(others.status).toBe(404);
    const ofKey = await call(runtime.edge, `/v1/provider-keys/openai?keyId=${caller.key.id}`, {
      method: 'PUT',
      token: stranger.person.token,
      body: { key: 'sk-stranger-own7' },
    });
    expect(ofKey.status).toBe(404);
    expect((await keep('hidden', 'sk-account-own8')).status).toBe(404);
    expect((await keep('openai', 'short')).status).toBe(400);
  });

  test('comes with a new Daypass key that may not be used without, and goes by a change of it', async () => {
    const body = {
      name: 'sealed',
      plan: '10-per-day',
      requiresProviderKey: true,
      providerKeys: { openai: 'sk-sealed-own9' },
    };
    const made = await call(runtime.edge, '/v1/api-keys', { token: caller.person.token, body });
    expect(made).toMatchObject({ status: 201, body: { requiresProviderKey: true } });
    expect(made.text).not.toContain('sk-sealed');
    // A relayed answer has the provider's own shape, not the one that the document promises of ours.
    const chat = async (model: string) => {
      const answer = await fetch(`${runtime.edge}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'x-api-key': made.body.key, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [hi] }),
      });
      return { status: answer.status, body: (await answer.json()) as { error: { code: string } } };
    };
    expect((await chat('gpt-6')).status).toBe(200);
    expect(await keyUsed()).toBe('own9');
    expect((await chat('nova-lite')).body.error.code).toBe('provider_key_required');
    const change = (fields: object) =>
      call(runtime.edge, `/v1/api-keys/${made.body.id}`, {
        method: 'PATCH',
        token: caller.person.token,
        body: fields,
      });
    expect((await change({ providerKeys: { openai: null } })).status).toBe(200);
    expect((await chat('gpt-6')).status).toBe(401);
    expect(
      await change({ requiresProviderKey: false, models: ['gpt-6'], limits: { requestsPerDay: 3 } }),
    ).toMatchObject({
      body: { requiresProviderKey: false, models: ['gpt-6'], limits: { requestsPerDay: 3 } },
    });
    expect((await chat('gpt-6')).status).toBe(200);
    expect(await keyUsed()).toBe('1234');
    expect((await chat('nova-lite')).status).toBe(403);
  });

  test('is nowhere in what is logged or stored, nor are the operator’s in the table and the logs', async () => {
    const secret = 'sk-canary-of-mine-77';
    await keep('openai', secret);
    await ask('gpt-6');
    await ask('gpt-6', { 'x-provider-key': `${secret}-sent` });
    await ask('mine', { 'x-provider-key': 'wrong-canary-key-88' }).catch(() => undefined);
    const headers = { 'x-provider-key': 'wrong-canary-key-88' };
    await caller.openai.embeddings.create({ model: 'small', input: 'Hi' });
    await caller.openai.embeddings
      .create({ model: 'small', input: 'Hi' }, { headers })
      .catch(() => undefined);
    await caller.anthropic.messages
      .countTokens({ model: 'claude-direct', messages: [hi] }, { headers })
      .catch(() => undefined);
    const own = [secret, 'wrong-canary-key-88'];
    const files = readdirSync(runtime.dataDirectory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(files.length).toBeGreaterThan(0);
    for (const one of [...own, 'sk-operator-1234', 'sk-ant-operator-5678']) {
      expect(formsOf(one).filter((form) => runtime.output().includes(form))).toEqual([]);
    }
    for (const one of own) {
      for (const form of formsOf(one)) expect(files.some((file) => file.includes(form))).toBe(false);
    }
  });
});

describe('docs/migration.md', () => {
  const run = (heading: string, variables: Record<string, string>) =>
    runPage(runtime.edge, 'migration.md', heading, variables);

  test('AIsBreaker: a key with limits, hosts, an expiry and a provider key of its own', async () => {
    const { token } = await addPerson(runtime);
    const [, calls, revoked] = await run('## AIsBreaker', { TOKEN: token });
    expect((calls ?? '').match(/^\d{3}$/gm)).toEqual(['403', '200', '429']);
    expect(calls).toContain('host_not_allowed');
    expect(calls).toContain('This client address');
    expect((await lastRequest('openai')).keyEnd).toBe('enai');
    expect(JSON.parse(revoked ?? '')).toMatchObject({
      status: 'revoked',
      limits: { requestsPerMinute: 10, perClient: { requestsPerDay: 1 } },
    });
  });

  test('StartKit.AI: an invited user with one plan and limits, and a key that needs a provider key', async () => {
    const { token } = await addAdmin(runtime);
    const [limited, , chats, usage, unlimited] = await run('## StartKit.AI', { ADMIN_TOKEN: token });
    expect(JSON.parse(limited ?? '')).toMatchObject({ allowedPlans: ['20-per-day'] });
    expect(chats).toContain('provider_key_required');
    expect(chats).toContain('"object":"chat.completion"');
    expect((await lastRequest('openai')).keyEnd).toBe('enai');
    expect(JSON.parse(usage ?? '').data).toMatchObject([{ requests: 1 }]);
    expect(JSON.parse(unlimited ?? '')).toMatchObject({ plan: 'unlimited', remaining: null });
  });
});

/** As they may stand in a file: plain, in base64 at each of the three offsets, and encoded for a URL. */
function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from('x'.repeat(offset) + secret)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
  return [secret, ...base64, encodeURIComponent(secret)];
}
