import type { ChatModel } from '../../../../web/models/model-facts.ts';
import { newAnswer } from '../../../../web/screens/playground/answer/answer.ts';
import { chatBody } from '../../../../web/screens/playground/question/chat-body.ts';
import { readSettings, settingsFaults } from '../../../../web/screens/playground/settings/chat-settings.ts';
import { reasonNot } from '../../../../web/screens/playground/settings/left-out.ts';
import {
  freshSettings,
  type SettingsDraft,
} from '../../../../web/screens/playground/settings/settings-draft.ts';

const tool = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } };
const typed: SettingsDraft = {
  ...freshSettings,
  temperature: '0,5',
  topP: '0.9',
  stop: 'END\n\nSTOP',
  effort: 'low',
  schema: '{"type":"object"}',
  tools: JSON.stringify([tool]),
};
const model: ChatModel = {
  id: 'm',
  object: 'model',
  created: 0,
  owned_by: 'maker',
  kind: 'chat',
  context_window: 1000,
  max_output_tokens: 100,
  accepts: ['tools'],
  sampling: 'both',
  stop_sequences: true,
  structured_output: 'native',
  reasoning_effort: true,
  pricing: {
    currency: 'USD',
    per_million_tokens: { input: 1, output: 1, cached_input: 1, cache_write: 1, cache_write_hour: 1 },
    long_context: null,
    service_tiers: {},
  },
};
const bodyFor = (settings: ReturnType<typeof readSettings>) =>
  chatBody([], { text: 'Hi', attachments: [] }, settings, () => '');

test('every setting that is typed is in the call, and nothing is that isn’t', () => {
  expect(bodyFor(readSettings(typed, 'm', model))).toMatchObject({
    temperature: 0.5,
    top_p: 0.9,
    stop: ['END', 'STOP'],
    reasoning_effort: 'low',
    response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
    tools: [tool],
  });
  expect(Object.keys(bodyFor(readSettings(freshSettings, 'm', model)))).toEqual(['model', 'messages']);
});

test('what the model doesn’t take is left out, with a reason', () => {
  const plain: ChatModel = {
    ...model,
    accepts: [],
    sampling: 'none',
    stop_sequences: false,
    structured_output: 'none',
    reasoning_effort: false,
  };
  expect(Object.keys(bodyFor(readSettings(typed, 'm', plain)))).toEqual(['model', 'messages']);
  expect(reasonNot('tools', plain, typed)).toBe('m calls no tools.');
  const one: ChatModel = { ...model, sampling: 'one' };
  expect(bodyFor(readSettings(typed, 'm', one))).not.toHaveProperty('top_p');
  expect(reasonNot('topP', one, typed)).toMatch('either');
  expect(reasonNot('topP', one, { temperature: '' })).toBeUndefined();
});

test.each<[Partial<SettingsDraft>, keyof ReturnType<typeof settingsFaults>, RegExp]>([
  [{ topP: '2' }, 'topP', /at most 1/],
  [{ stop: 'a\nb\nc\nd\ne' }, 'stop', /at most 4|up to 4/],
  [{ schema: '{"type":' }, 'schema', /^Not valid JSON yet/],
  [{ schema: '[]' }, 'schema', /./],
  [{ tools: '[{"type":"function"}]' }, 'tools', /^0\.function: /],
  [{ tools: '{}' }, 'tools', /./],
])('%j is told to be wrong while it is typed', (part, field, words) => {
  expect(settingsFaults({ ...freshSettings, ...part })[field]).toMatch(words);
});

test('settings that are right have no faults', () => {
  expect(Object.values(settingsFaults(typed)).filter(Boolean)).toEqual([]);
});

test('calls of tools are sent along with their results, and left out without them', () => {
  const answer = {
    ...newAnswer('a1', 'm', 0),
    phase: 'done' as const,
    toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"Rome"}' }],
  };
  const earlier = [{ id: 't1', question: { text: 'Weather?', attachments: [] }, answer }];
  const settings = readSettings(freshSettings, 'm');
  const results = [{ callId: 'call_1', name: 'get_weather', text: '21' }];
  const withResults = chatBody(earlier, { text: '', attachments: [], results }, settings, () => '');
  expect(withResults.messages).toEqual([
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Rome"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '21' },
  ]);
  const without = chatBody(earlier, { text: 'Never mind.', attachments: [] }, settings, () => '');
  expect(without.messages).toEqual([
    { role: 'user', content: 'Weather?' },
    { role: 'user', content: 'Never mind.' },
  ]);
});
