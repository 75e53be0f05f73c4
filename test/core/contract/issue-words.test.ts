import * as z from 'zod';
import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes } from '../../../core/contract/routes.ts';
import { DaypassError } from '../../../core/errors.ts';
import { validate } from '../../../lambda/http/validate.ts';
import { wrongValues } from './wrong-values.ts';

function messageOf(schema: z.ZodType, value: unknown): string | undefined {
  try {
    validate(schema, value, 'body');
    return undefined;
  } catch (error) {
    if (error instanceof DaypassError) return error.message;
    throw error;
  }
}

const schemas = Object.values<RouteContract>(routes).flatMap(
  ({ method, path, body, query, headers = {} }) => [
    ...[body, query]
      .filter((schema) => schema !== undefined)
      .map((schema) => [`${method} ${path}`, schema] as const),
    ...Object.entries(headers).map(([name, { schema }]) => [`${name} of ${method} ${path}`, schema] as const),
  ],
);

const zodsOwn = /Invalid|expected|received|Too (small|big)|Unrecognized|undefined|NaN|\[object|is not valid/;
const ours = /^(The body|\S.*?) (must|is|may) .*\.$/s;

test.each(schemas)('%s: whatever is wrong is said in our words, after the name of the field', (_, schema) => {
  const messages: string[] = [];
  for (const value of wrongValues(schema)) {
    const message = messageOf(schema, value);
    if (message !== undefined && message !== 'This call needs a JSON body.') messages.push(message);
  }
  // There are thousands, and each call of `expect` takes longer than what it asks.
  expect(messages.filter((message) => zodsOwn.test(message) || !ours.test(message))).toEqual([]);
  expect(messages.length).toBeGreaterThan(5);
});

const chat = routes.createChatCompletion.body;
const asked = (fields: object) => ({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...fields });

test.each<[string, z.ZodType, unknown, string]>([
  ['a list for text', z.strictObject({ a: z.string() }), { a: [] }, 'a must be a string, not a list.'],
  ['an object for a list', chat, asked({ messages: {} }), 'messages must be a list, not an object.'],
  ['text for a message', chat, asked({ messages: ['Hi'] }), 'messages.0 must be an object, not a string.'],
  [
    'no role',
    chat,
    asked({ messages: [{ content: 'Hi' }] }),
    "messages.0.role is required, and must be one of 'system', 'developer', 'user', 'assistant' and 'tool'.",
  ],
  [
    'no content',
    chat,
    asked({ messages: [{ role: 'user' }] }),
    'messages.0.content is required, and must be a string or a list of parts.',
  ],
  [
    'a fraction',
    routes.createMessage.body,
    { ...asked({}), max_tokens: 1.5 },
    'max_tokens must be a whole number.',
  ],
  ['no number', routes.createMessage.body, asked({}), 'max_tokens is required.'],
  ['a long name', chat, asked({ model: 'm'.repeat(201) }), 'model must have at most 200 characters.'],
  ['text for a switch', chat, asked({ stream: 'yes' }), 'stream must be true or false, not a string.'],
  ['too high', chat, asked({ temperature: 3 }), 'temperature must be at most 2.'],
  ['a list for a body', chat, [], 'The body must be an object, not a list.'],
])('%s', (_, schema, value, message) => {
  expect(messageOf(schema, value)).toBe(message);
});

test('of one field one mistake is named, and of several fields each', () => {
  expect(messageOf(chat, { model: '', messages: '' })).toBe(
    'model must not be empty; messages must be a list, not a string.',
  );
  const schema = { type: 'json_schema', json_schema: { name: 'a' } };
  expect(messageOf(chat, asked({ response_format: schema }))).toBe(
    'response_format.json_schema.schema is required, and must be an object.',
  );
});

test.each<[string, z.ZodType, unknown, string]>([
  ['values', z.enum(['a', 'b', 'c']), 'd', "must be one of 'a', 'b' and 'c'"],
  ['one value', z.literal(false), 1, 'must be false'],
  ['one character', z.string().max(1), 'ab', 'must have at most 1 character'],
  ['an entry', z.array(z.string()).min(1), [], 'must hold at least 1 entry'],
  ['no entries', z.array(z.string()).max(0), ['a'], 'must be empty'],
  ['a bound left out', z.number().gt(0), 0, 'must be above 0'],
  ['steps', z.number().multipleOf(5), 3, 'must be a multiple of 5'],
  ['a form', z.string().regex(/^a+$/), 'b', 'must match the pattern /^a+$/'],
  [
    'any of several kinds',
    z.union([z.string(), z.array(z.string()), z.null()]),
    1,
    'must be a string or a list or null',
  ],
])('%s', (_, schema, value, text) => {
  expect(messageOf(z.strictObject({ a: schema }), { a: value })).toBe(`a ${text}.`);
});

test('a name that a record doesn’t take says what names are like', () => {
  const schema = z.strictObject({
    a: z.record(z.string().max(2, 'must have at most 2 characters'), z.string()),
  });
  expect(messageOf(schema, { a: { long: '' } })).toBe(
    'a.long is not accepted as a name: it must have at most 2 characters.',
  );
});
