import { anthropicMessages } from '../../../core/chat/anthropic-messages/dialect.ts';
import type { ChatRequest } from '../../../core/chat/chat.ts';
import type { Dialect } from '../../../core/chat/dialect.ts';
import { openAiChat } from '../../../core/chat/openai-chat/dialect.ts';
import { openAiResponses } from '../../../core/chat/openai-responses/dialect.ts';
import { findModel } from '../../../core/find-model.ts';
import { toConverse } from '../../../core/providers/bedrock/to-converse.ts';
import { catalog } from './shown-models.ts';

/** Names that every object inherits: people send them, as names like others. */
const names = ['toString', 'constructor', '__proto__', 'hasOwnProperty'];
const model = findModel(catalog.models, 'claude-haiku-4-5');

/** As it arrives: in a literal `__proto__` would be no member. */
const inputOf = (name: string) => JSON.parse(`{"${name}":{"${name}":1}}`);
const schemaOf = (name: string) => JSON.parse(`{"type":"object","properties":{"${name}":{"type":"object"}}}`);

const asked: [string, Dialect<never>, (name: string) => object][] = [
  [
    'Chat Completions',
    openAiChat as Dialect<never>,
    (name) => ({
      tools: [{ type: 'function', function: { name, parameters: schemaOf(name) } }],
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          tool_calls: [
            { id: name, type: 'function', function: { name, arguments: JSON.stringify(inputOf(name)) } },
          ],
        },
        { role: 'tool', tool_call_id: name, content: 'done' },
      ],
    }),
  ],
  [
    'Messages',
    anthropicMessages as Dialect<never>,
    (name) => ({
      max_tokens: 100,
      tools: [{ name, input_schema: schemaOf(name) }],
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: [{ type: 'tool_use', id: name, name, input: inputOf(name) }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: name, content: 'done' }] },
      ],
    }),
  ],
  [
    'Responses',
    openAiResponses as Dialect<never>,
    (name) => ({
      tools: [{ type: 'function', name, parameters: schemaOf(name) }],
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'function_call', call_id: name, name, arguments: JSON.stringify(inputOf(name)) },
        { type: 'function_call_output', call_id: name, output: 'done' },
      ],
    }),
  ],
];

describe.each(asked)('a request of %s', (_name, dialect, write) => {
  const translate = (body: object): ChatRequest =>
    dialect.toChatRequest(dialect.body.parse({ model: model.name, ...body }), catalog.chat);

  test.each(names)('passes on a tool, property, input or call named %s unchanged', (name) => {
    const { messages, toolConfig } = toConverse(translate(write(name)), model, catalog.chat).request;
    const [tool] = toolConfig?.tools ?? [];
    expect(JSON.stringify(tool)).toContain(`"name":"${name}"`);
    expect(JSON.stringify(tool)).toContain(JSON.stringify(schemaOf(name).properties));
    expect(JSON.stringify(messages)).toContain(
      JSON.stringify({ toolUseId: name, name, input: inputOf(name) }),
    );
  });

  test('refuses metadata named __proto__, which AWS’s clients would drop', () => {
    const metadata = JSON.parse('{"__proto__":"x"}');
    const result = dialect.body.safeParse({ model: model.name, ...write('find'), metadata });
    expect(result.success).toBe(false);
  });
});

test.each(names)('no model is called %s', (name) => {
  expect(() => findModel(catalog.models, name)).toThrow(expect.objectContaining({ code: 'model_not_found' }));
});
