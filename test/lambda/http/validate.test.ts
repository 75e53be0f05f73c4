import * as z from 'zod';
import {
  loginBody,
  registerBody,
  resetPasswordBody,
} from '../../../core/contract/accounts/account-requests.ts';
import { changePasswordBody } from '../../../core/contract/accounts/sessions.ts';
import { chatCompletionBody } from '../../../core/contract/chat/chat-completion-request.ts';
import { onlyNeutral } from '../../../core/contract/chat/unhonoured-fields.ts';
import { createKeyBody, updateKeyBody } from '../../../core/contract/key-requests.ts';
import { pageQuery } from '../../../core/contract/route-contract.ts';
import { DaypassError } from '../../../core/errors.ts';
import { validate } from '../../../lambda/http/validate.ts';

function refusalOf(schema: z.ZodType, value: unknown, what: 'body' | 'query' = 'body') {
  try {
    validate(schema, value, what);
  } catch (error) {
    if (error instanceof DaypassError) {
      return { code: error.code, param: error.param, message: error.message, status: error.status };
    }
    throw error;
  }
  throw new Error('it was taken');
}

const sample = z.strictObject({
  name: z.string().min(2, 'must have at least 2 characters'),
  inner: z.strictObject({ size: z.int() }).optional(),
});

test('a valid value is returned as the schema parses it', () => {
  expect(validate(sample, { name: 'ab' }, 'body')).toEqual({ name: 'ab' });
  expect(validate(pageQuery, { limit: '5' }, 'query')).toEqual({ limit: 5 });
});

test('an unknown field is refused by name', () => {
  expect(refusalOf(sample, { name: 'ab', colour: 'red' })).toEqual({
    code: 'unsupported_parameter',
    status: 400,
    param: 'colour',
    message: 'colour is not a field of this call.',
  });
});

test('all unknown fields are named at once, by their paths', () => {
  const { message, code } = refusalOf(sample, { name: 'ab', a: 1, b: 2, inner: { size: 1, c: 3 } });
  expect(code).toBe('unsupported_parameter');
  for (const path of ['a', 'b', 'inner.c']) expect(message).toContain(`${path} is not a field`);
});

test('a missing field is required', () => {
  expect(refusalOf(sample, {})).toMatchObject({
    code: 'invalid_request',
    param: 'name',
    message: 'name is required.',
  });
});

test('several mistakes are reported at once', () => {
  const refusal = refusalOf(sample, { name: 'a', inner: { size: 1.5 }, colour: 'red' });
  expect(refusal.code).toBe('invalid_request');
  expect(refusal.message).toContain('name must have at least 2 characters');
  expect(refusal.message).toContain('inner.size must be a whole number;');
  expect(refusal.message).toContain('colour is not a field of this call');
});

test('a missing body is reported as such', () => {
  expect(refusalOf(sample, undefined)).toMatchObject({
    code: 'invalid_request',
    param: null,
    message: 'This call needs a JSON body.',
  });
});

test.each([[[]], ['text'], [1], [null], [true]])('a body that is not an object is refused: %j', (body) => {
  expect(refusalOf(sample, body)).toMatchObject({ code: 'invalid_request', param: null });
});

test('names that JavaScript treats specially are unknown fields like any other', () => {
  const body = JSON.parse('{"name":"ab","__proto__":{"admin":true}}');
  expect(refusalOf(sample, body)).toMatchObject({ code: 'unsupported_parameter', param: '__proto__' });
  expect(refusalOf(sample, { name: 'ab', constructor: 1 })).toMatchObject({ param: 'constructor' });
});

test('an empty query takes defaults, and a wrong one is named with the bounds', () => {
  expect(validate(pageQuery, {}, 'query')).toEqual({ limit: 20 });
  expect(refusalOf(pageQuery, { limit: 'many' }, 'query')).toMatchObject({ param: 'limit' });
  for (const limit of ['0x10', '1e1', '0b1', '+5', ' 5', '5.0', '-1', '0', '101', '']) {
    expect(refusalOf(pageQuery, { limit }, 'query')).toMatchObject({
      code: 'invalid_request',
      param: 'limit',
      message: 'limit must be a whole number from 1 to 100.',
    });
  }
  expect(refusalOf(pageQuery, { page: '2' }, 'query')).toMatchObject({
    code: 'unsupported_parameter',
    param: 'page',
  });
});

/** Each wrong in its own way, and each holding the canary. */
const canary = 'CANARY-8d1f';
const bodies: [string, z.ZodType, unknown][] = [
  ['register: a malformed address', registerBody, { email: canary, password: canary }],
  ['register: types', registerBody, { email: { [canary]: 1 }, password: [canary] }],
  ['login: too long', loginBody, { email: 'a@example.com', password: canary.repeat(100) }],
  ['create key: control characters', createKeyBody, { name: `${canary}\u0000`, plan: canary }],
  ['create key: models', createKeyBody, { name: 'a', plan: 'b', models: canary }],
  ['chat: role', chatCompletionBody, { model: canary, messages: [{ role: canary, content: canary }] }],
  [
    'chat: content',
    chatCompletionBody,
    { model: 'm', messages: [{ role: 'user', content: { text: canary } }] },
  ],
  [
    'chat: options',
    chatCompletionBody,
    { model: 'm', messages: [], stop: { a: canary }, temperature: canary },
  ],
  [
    'chat: parts',
    chatCompletionBody,
    { model: 'm', messages: [{ role: 'user', content: [{ type: canary, text: canary }] }] },
  ],
  ['query: cursor', pageQuery, { cursor: canary.repeat(100), limit: canary }],
];

test.each(bodies)('values are never repeated, since they may be secrets: %s', (_, schema, body) => {
  const { message, param } = refusalOf(schema, body);
  expect(message).not.toContain(canary);
  expect(param ?? '').not.toContain(canary);
});

test('of several shapes, the one that fits the value’s kind words the mistake', () => {
  const part = z.discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('text'), text: z.string() }),
      z.strictObject({ type: z.literal('image') }),
    ],
    { error: 'must be one of the part types text and image' },
  );
  const body = z.strictObject({
    content: z.union([z.string(), z.array(part)], { error: 'must be a string or a list of parts' }),
    never: onlyNeutral(z.strictObject({ on: z.literal(false) })),
  });
  const refused = (value: unknown) => refusalOf(body, value);
  expect(refused({ content: 7 })).toMatchObject({ param: 'content' });
  expect(refused({ content: [{ type: 'text', text: 7 }] })).toMatchObject({ param: 'content.0.text' });
  expect(refused({ content: [{ type: 'video' }] })).toMatchObject({
    param: 'content.0.type',
    message: 'content.0.type must be one of the part types text and image.',
  });
  expect(refused({ content: 'x', never: { on: true } })).toMatchObject({
    code: 'unsupported_parameter',
    param: 'never',
  });
});

describe('a refusal does not grow with what was sent', () => {
  test('of 110,000 unknown fields it names the first and counts the rest', () => {
    const names = Array.from({ length: 110_000 }, (_unused, at) => `f${at}`);
    const value = { name: 'ab', ...Object.fromEntries(names.map((name) => [name, 1])) };
    expect(refusalOf(sample, value)).toEqual({
      code: 'unsupported_parameter',
      status: 400,
      param: 'f0',
      message: `${names
        .slice(0, 5)
        .map((name) => `${name} is not a field of this call`)
        .join('; ')}; and 109995 more.`,
    });
  });

  test('one mistake among many unknown fields still makes it an invalid request', () => {
    const value = {
      ...Object.fromEntries(Array.from({ length: 20 }, (_unused, at) => [`f${at}`, 1])),
      name: 'a',
    };
    expect(refusalOf(sample, value).code).toBe('invalid_request');
  });

  test.each([
    ['an unknown field', { name: 'ab', ['x'.repeat(900_000)]: 1 }],
    ['one deeper down', { name: 'ab', inner: { size: 1, ['x'.repeat(900_000)]: 1 } }],
    [
      'many of them',
      Object.fromEntries(Array.from({ length: 50 }, (_unused, at) => [`${at}${'é'.repeat(20_000)}`, 1])),
    ],
    ['one of halves of characters', { name: 'ab', ['😀'.repeat(100_000)]: 1 }],
  ])('%s with a long name is named by its beginning', (_what, value) => {
    const { message, param } = refusalOf(sample, value);
    expect(message.length).toBeLessThan(1000);
    expect(param?.length).toBeLessThanOrEqual(200);
    expect(param?.isWellFormed()).toBe(true);
  });

  test.each([
    ['metadata', { metadata: { ['k'.repeat(900_000)]: 1 } }],
    ['the message of a role', { messages: [{ role: 'r'.repeat(900_000), content: 'a' }] }],
    ['a tool’s name', { tool_choice: { type: 'function', function: { name: 1, ['n'.repeat(900_000)]: 1 } } }],
  ])('for a chat body with a long %s it is short', (_what, fields) => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'a' }], ...fields };
    expect(refusalOf(chatCompletionBody, body).message.length).toBeLessThan(1000);
  });

  test('whatever its message repeats', () => {
    const refusal = new DaypassError('model_not_found', `There is no model '${'m'.repeat(900_000)}'.`, {
      param: 'p'.repeat(900_000),
    });
    expect(JSON.stringify(refusal.toBody()).length).toBeLessThan(5000);
    expect(refusal.message.startsWith("There is no model 'mmm")).toBe(true);
  });
});

test.each([
  '\u2028',
  '\u2029',
  '\n',
  '\r',
  '\t',
  '\u0085',
  '\u0000',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u{e0041}',
])('a key’s name takes no %j, which breaks a line or hides text', (character) => {
  const name = `my${character}laptop`;
  for (const schema of [createKeyBody, updateKeyBody])
    expect(refusalOf(schema, { name, plan: '10-per-day' })).toMatchObject({
      code: 'invalid_request',
      param: 'name',
    });
});

test.each(['Ada’s laptop', 'עברית', '日本語 の キー', 'a\u00a0b', '🔑 prod'])(
  'a key may be named %s',
  (name) => {
    expect(validate(createKeyBody, { name, plan: '10-per-day' }, 'body').name).toBe(name);
  },
);

describe('a new password with white space at an end is refused by that rule', () => {
  const email = 'ada@example.com';
  const bodies: [string, z.ZodType, (password: string) => object, string][] = [
    ['sign-up', registerBody, (password) => ({ email, password }), 'password'],
    ['reset', resetPasswordBody, (password) => ({ email, code: '123456', password }), 'password'],
    [
      'change',
      changePasswordBody,
      (newPassword) => ({ currentPassword: 'Old-horse-battery-9', newPassword }),
      'newPassword',
    ],
  ];

  test.each(bodies)('%s', (_, schema, body, param) => {
    for (const password of ['Correct-horse-9 ', '\tCorrect-horse-9', 'Correct\nhorse-9', ' ']) {
      expect(refusalOf(schema, body(password))).toEqual({
        code: 'invalid_request',
        status: 400,
        param,
        message: `${param} must not begin or end with a space, or contain a line break.`,
      });
    }
    for (const password of ['Correct horse 9 battery', 'x', 'Cörrect-horse-9']) {
      expect(validate(schema, body(password), 'body')).toEqual(body(password));
    }
  });

  test('an empty one is only empty', () => {
    expect(refusalOf(registerBody, { email, password: '' }).message).toBe('password must not be empty.');
  });

  test('a password that is already set is not judged', () => {
    expect(validate(loginBody, { email, password: ' old ' }, 'body')).toEqual({ email, password: ' old ' });
  });
});
