import type { ExampleWords } from './schema-example.ts';

const hello = 'Hello! Hola! Bonjour! Hallo! Ciao!';

/** What an example of an answer says, by field name. */
const common: Readonly<Record<string, unknown>> = {
  model: 'nova-lite',
  created: 1_795_608_000,
  created_at: 1_795_608_000,
  content: hello,
  text: hello,
  finish_reason: 'stop',
  stop_reason: 'end_turn',
  status: 'completed',
  prompt_tokens: 9,
  completion_tokens: 14,
  input_tokens: 9,
  output_tokens: 14,
  total_tokens: 23,
  embedding: [0.0132, -0.0471, 0.0088],
  owned_by: 'amazon',
  context_window: 300_000,
  max_output_tokens: 10_000,
  name: 'My first key',
  // Of an answer that went well.
  error: null,
  incomplete_details: null,
  stop_details: null,
  refusal: null,
  plan: '10-per-day',
  key: `dpk${'0123456789abcdefABCDEF0123456789ab'}wxyz12`.slice(0, 41),
  last4: 'yz12',
  email: 'ada@example.com',
  message: 'It is ready.',
};

const ids: Readonly<Record<string, string>> = {
  createChatCompletion: 'chatcmpl-01k9x5m2',
  createConsoleChatCompletion: 'chatcmpl-01k9x5m2',
  createMessage: 'msg_01k9x5m2',
  createResponse: 'resp_01k9x5m2',
  listModels: 'nova-lite',
  getModel: 'nova-lite',
};

/** Of some answers, fields of the same name mean something else. */
const own: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  listPlans: { name: '10-per-day' },
  createApiKey: { status: 'activating' },
  listApiKeys: { status: 'active' },
  getApiKey: { status: 'active' },
  getCurrentKey: { status: 'active' },
  updateApiKey: { status: 'active' },
};

export function answerWords(operationId: string): ExampleWords {
  const id = ids[operationId] ?? (/ApiKey|Key$/.test(operationId) ? 'key_01k9x5m2c3' : undefined);
  return {
    values: { ...common, ...(id !== undefined && { id }), ...own[operationId] },
    shown: [],
    fillsLists: true,
  };
}
