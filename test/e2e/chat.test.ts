import { toAnswerId } from '../../core/chat/metered-chat.ts';
import { methodsOf, readTemplate } from '../lib/template.ts';
import { addPerson, call, chatBody, createKey } from './client.ts';
import { type RunningRuntime, sharedRuntime } from './runtime.ts';

let runtime: RunningRuntime;
let key: string;

beforeAll(async () => {
  runtime = await sharedRuntime();
});

const chat = (body: unknown, headers: Record<string, string> = {}) =>
  call(runtime.stage, '/v1/chat/completions', { key, body, headers });

describe('bad input', () => {
  beforeAll(async () => {
    ({ key } = await createKey(runtime, (await addPerson(runtime)).token, { plan: '30-per-day' }));
  });

  const user = [{ role: 'user', content: 'Hi' }];
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  test.each<[what: string, body: unknown, status: number, param: string | null]>([
    ['no model', { messages: user }, 400, 'model'],
    ['no messages', { model: 'nova-lite' }, 400, 'messages'],
    ['an empty list of messages', { model: 'nova-lite', messages: [] }, 400, 'messages'],
    [
      'an unknown role',
      { model: 'nova-lite', messages: [{ role: 'robot', content: 'x' }] },
      400,
      'messages.0.role',
    ],
    [
      'a number as content',
      { model: 'nova-lite', messages: [{ role: 'user', content: 7 }] },
      400,
      'messages.0.content',
    ],
    [
      'an image',
      chatBody({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] }),
      400,
      'messages.0.content.0.image_url.url',
    ],
    ['a field that is not honoured', chatBody({ logprobs: true }), 400, 'logprobs'],
    [
      'a field of an object’s prototype',
      '{"model":"nova-lite","messages":[{"role":"user","content":"x"}],"__proto__":{"a":1}}',
      400,
      '__proto__',
    ],
    ['two choices', chatBody({ n: 2 }), 400, 'n'],
    [
      '129 tools',
      chatBody({
        tools: Array.from({ length: 129 }, (_, at) => ({ type: 'function', function: { name: `f${at}` } })),
      }),
      400,
      'tools',
    ],
    ['a hot temperature', chatBody({ temperature: 3 }), 400, 'temperature'],
    ['a temperature that models here refuse', chatBody({ temperature: 1.5 }), 400, 'temperature'],
    ['five stop sequences', chatBody({ stop: ['a', 'b', 'c', 'd', 'e'] }), 400, 'stop'],
    ['no tokens', chatBody({ max_tokens: 0 }), 400, 'max_tokens'],
    ['an unknown model', chatBody({ model: 'gpt-9' }), 404, 'model'],
    ['a list', [], 400, null],
    ['no JSON', '{"model":', 400, null],
    ['NUL bytes', '\u0000', 400, null],
    ['20,000 levels of nesting', deep, 400, null],
    [
      'more than the limit of 1 MB',
      chatBody({ messages: [{ role: 'user', content: 'x'.repeat(1_100_000) }] }),
      413,
      null,
    ],
    ['1,001 messages', chatBody({ messages: Array.from({ length: 1001 }, () => user[0]) }), 400, 'messages'],
  ])('%s is refused by name and not charged', async (_what, body, status, param) => {
    const answer = await chat(body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.param).toBe(param);
    expect((await call(runtime.edge, '/v1/api-key', { key })).body.used).toBe(0);
  });

  test('more tokens than the model gives are as many as it gives, which a header tells', async () => {
    const answer = await chat(chatBody({ max_tokens: 1_000_000 }));
    expect([answer.status, answer.headers.get('x-daypass-ignored')]).toEqual([200, 'max_tokens']);
  });

  test('another content type is 415', async () => {
    expect((await chat('hello', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('a lone surrogate in a prompt is no fault of the server', async () => {
    const answer = await chat(
      '{"model":"nova-lite","max_tokens":3,"messages":[{"role":"user","content":"\\ud800"}]}',
    );
    expect(answer.status).toBeLessThan(500);
  });
});

describe('an honoured request', () => {
  beforeAll(async () => {
    ({ key } = await createKey(runtime, (await addPerson(runtime)).token, { plan: '20-per-day' }));
  });

  test('takes system, developer, user and assistant messages, sampling and limits', async () => {
    const answer = await chat({
      model: 'nova-lite',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] },
        { role: 'user', content: 'One' },
        { role: 'assistant', content: 'Two' },
        { role: 'user', content: 'Three' },
      ],
      temperature: 0.2,
      top_p: 0.9,
      max_completion_tokens: 40,
      stop: ['never said'],
    });
    expect(answer).toMatchObject({ status: 200, body: { object: 'chat.completion', model: 'nova-lite' } });
    expect(answer.body.id).toBe(`chatcmpl-${toAnswerId(answer.headers.get('x-request-id') ?? '')}`);
  });

  test('stops at a stop sequence and at the token limit, and says which', async () => {
    const stopped = await chat(chatBody({ max_tokens: 200, stop: 'stand-in' }));
    expect(stopped.body.choices[0]).toMatchObject({ finish_reason: 'stop' });
    expect(stopped.body.choices[0].message.content).not.toContain('stand-in');
    const cut = await chat(chatBody({ max_tokens: 3 }));
    expect(cut.body.choices[0].finish_reason).toBe('length');
    expect(cut.body.usage.completion_tokens).toBe(3);
  });

  test('is the same text streamed and whole', async () => {
    const whole = await chat(chatBody({ max_tokens: 80 }));
    const streamed = await chat(chatBody({ max_tokens: 80, stream: true }));
    const chunks = streamed.text
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .map((frame) => JSON.parse(frame.slice(6)));
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(text).toBe(whole.body.choices[0].message.content);
    expect(streamed.headers.get('content-type')).toContain('text/event-stream');
  });
});

describe('the fronts', () => {
  test('a preflight from any page is allowed, with the headers clients send', async () => {
    for (const base of [runtime.edge, runtime.stage]) {
      const response = await fetch(`${base}/v1/chat/completions`, {
        method: 'OPTIONS',
        headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
    }
  });

  test('a missing, malformed and unknown key is 401 on both', async () => {
    for (const base of [runtime.edge, runtime.stage]) {
      for (const wrong of [undefined, 'x', `dpk${'A'.repeat(38)}`]) {
        const answer = await call(base, '/v1/chat/completions', { key: wrong, body: chatBody() });
        expect(answer).toMatchObject({ status: 401, body: { error: { code: 'invalid_api_key' } } });
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      }
    }
  });

  test('an unknown route is 404 in the one error shape', async () => {
    for (const path of ['/v1/nothing', '/v1/chat', '/v1/register/nothing']) {
      expect(await call(runtime.edge, path)).toMatchObject({
        status: 404,
        body: { error: { code: 'not_found', param: null } },
      });
    }
  });

  test('the starter page comes with its security headers', async () => {
    const response = await fetch(`${runtime.edge}/`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('Daypass');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  test('a page of another site can’t reach this machine by a name that points here', async () => {
    for (const base of [runtime.edge, runtime.stage, runtime.aws]) {
      const { hostname, port, pathname } = new URL(base);
      const status = await statusWithHost(hostname, Number(port), pathname, 'evil.example');
      expect(status).toBe(403);
    }
  });

  test('the OpenAPI document is 3.1 and lists the stage’s methods, no more and no less', async () => {
    const { body } = await call(runtime.edge, '/v1/openapi.json');
    expect(body.openapi).toMatch(/^3\.1/);
    const documented = Object.entries<object>(body.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(deployedMethods());
  });
});

/** The stage's methods by the template, without preflights. */
const deployedMethods = (): string[] =>
  methodsOf(readTemplate())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('OPTIONS '))
    .toSorted();

/** fetch sets the Host header itself; node:http lets a test set it. */
async function statusWithHost(
  hostname: string,
  port: number,
  path: string,
  host: string,
): Promise<number | undefined> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
