import type { ChatRequest } from '../../../core/chat/chat.ts';
import { fromConverse } from '../../../core/chat/converse/from-converse.ts';
import { toConverse } from '../../../core/chat/converse/to-converse.ts';
import { someLimits, someModel } from './model-fixture.ts';

const request: ChatRequest = {
  model: 'nova-lite',
  system: [],
  turns: [{ role: 'user', texts: ['Hi'] }],
  stopSequences: [],
};

test('an unset output limit is sent as the default, never left to reserve the model’s maximum', () => {
  expect(toConverse(request, someModel(), someLimits).inferenceConfig).toEqual({ maxTokens: 4096 });
  expect(toConverse(request, someModel({ maxOutputTokens: 100 }), someLimits).inferenceConfig.maxTokens).toBe(
    100,
  );
});

test('every parameter given is sent', () => {
  const full = {
    ...request,
    system: ['Be brief.'],
    maxOutputTokens: 9,
    temperature: 0,
    topP: 0.5,
    stopSequences: ['END'],
  };
  expect(toConverse(full, someModel(), someLimits)).toEqual({
    modelId: 'amazon.nova-lite-v1:0',
    system: [{ text: 'Be brief.' }],
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
    inferenceConfig: { maxTokens: 9, temperature: 0, topP: 0.5, stopSequences: ['END'] },
  });
});

test.each([
  ['max_completion_tokens', { maxOutputTokens: 5001 }, {}],
  ['temperature', { temperature: 1.5 }, {}],
  ['temperature', { temperature: 0 }, { sampling: 'none' as const }],
  ['top_p', { topP: 0.5 }, { sampling: 'none' as const }],
  ['top_p', { topP: 0.5, temperature: 0 }, { sampling: 'one' as const }],
  ['stop', { stopSequences: ['x'] }, { takesStopSequences: false }],
])('%s that the model can’t honour is refused by name', (param, fields, model) => {
  expect(() => toConverse({ ...request, ...fields }, someModel(model), someLimits)).toThrow(
    expect.objectContaining({ status: 400, param }),
  );
});

test.each([
  ['end_turn', 'end'],
  ['stop_sequence', 'end'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['content_filtered', 'filtered'],
  ['guardrail_intervened', 'filtered'],
  ['something_new', 'end'],
])('stop reason %s means %s', (stopReason, reason) => {
  expect(fromConverse({ messageStop: { stopReason } })).toEqual({ type: 'finish', reason });
});

test('cache reads are told apart and cache writes count as input', () => {
  const usage = { inputTokens: 5, outputTokens: 2, cacheReadInputTokens: 7, cacheWriteInputTokens: 3 };
  expect(fromConverse({ metadata: { usage } })).toEqual({
    type: 'usage',
    usage: { input: 8, output: 2, cachedInput: 7 },
  });
});

test.each([{}, { contentBlockDelta: {} }, { contentBlockDelta: { delta: { text: '' } } }, { metadata: {} }])(
  '%j says nothing to a caller',
  (event) => {
    expect(fromConverse(event)).toBeUndefined();
  },
);
