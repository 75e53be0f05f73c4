import type { ChatRequest } from '../../../../core/chat/chat.ts';
import { createContextCheck } from '../../../../core/chat/request/require-context.ts';
import { fieldNames } from '../model-fixture.ts';

const asked = (...parts: ChatRequest['turns'][number]['parts'][number][]): ChatRequest => ({
  model: 'm',
  system: [],
  turns: [{ role: 'user', parts }],
  stopSequences: [],
  fieldNames,
});
const words = (count: number) => 'a '.repeat(count);
const refusalOf = (request: ChatRequest, contextTokens: number) => {
  try {
    createContextCheck(request)({ name: 'm', contextTokens });
    return undefined;
  } catch (error) {
    return error;
  }
};

test('a prompt that is certainly too long is refused by the caller’s own field, with what to do', () => {
  expect(refusalOf(asked({ type: 'text', text: words(2000) }), 1000)).toMatchObject({
    code: 'context_length_exceeded',
    status: 400,
    param: 'messages',
    message:
      "prompt is too long: about 2000 tokens > 1000 maximum of 'm'. Send less, or choose a model with a larger context.",
  });
});

test('one that may fit is let through, since the estimate can be off by a quarter', () => {
  expect(refusalOf(asked({ type: 'text', text: words(1333) }), 1000)).toBeUndefined();
  expect(refusalOf(asked({ type: 'text', text: words(1334) }), 1000)).toBeDefined();
});

test.each<[string, ChatRequest]>([
  ['instructions', { ...asked(), system: [{ type: 'text', text: words(2000) }] }],
  [
    'a tool’s result',
    asked({ type: 'tool-result', id: 'c', failed: false, parts: [{ type: 'text', text: words(2000) }] }),
  ],
  ['a tool’s input', asked({ type: 'tool-call', id: 'c', name: 'f', input: { text: words(2000) } })],
  ['thought', asked({ type: 'reasoning', text: words(2000) })],
  [
    'a document of text',
    asked({ type: 'document', format: 'md', name: 'd', bytes: Buffer.from(words(2000)) }),
  ],
  [
    'tools',
    {
      ...asked(),
      tools: {
        tools: [{ name: 'f', description: words(2000), schema: {}, strict: false }],
        choice: { type: 'auto' },
        single: false,
      },
    },
  ],
])('%s counts', (_what, request) => {
  expect(refusalOf(request, 1000)).toMatchObject({ code: 'context_length_exceeded' });
});

test('images and documents that aren’t text are left to Bedrock', () => {
  const image = { type: 'image', format: 'png', bytes: new Uint8Array(100_000) } as const;
  const pdf = { type: 'document', format: 'pdf', name: 'd', bytes: new Uint8Array(1_000_000) } as const;
  expect(refusalOf(asked(image, image, pdf), 1000)).toBeUndefined();
});
