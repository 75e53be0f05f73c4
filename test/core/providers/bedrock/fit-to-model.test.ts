import type { CatalogModel } from '../../../../core/catalog.ts';
import type { ChatRequest } from '../../../../core/chat/chat.ts';
import { toConverse } from '../../../../core/providers/bedrock/to-converse.ts';
import { fieldNames, someLimits, someModel } from '../../chat/model-fixture.ts';

const request: ChatRequest = {
  model: 'nova-lite',
  system: [],
  turns: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  stopSequences: [],
  fieldNames,
};
function sent(fields: Partial<ChatRequest>, model: Partial<CatalogModel> = {}) {
  const call = toConverse({ ...request, ...fields }, someModel(model), someLimits);
  return [call.request.inferenceConfig, call.ignored] as const;
}

test.each([5001, 32_000, 128_000])('an output limit of %i becomes the model’s own, and is named', (limit) => {
  expect(sent({ maxOutputTokens: limit })).toEqual([{ maxTokens: 5000 }, ['max_completion_tokens']]);
});

test('an output limit that the model has is sent as it is', () => {
  expect(sent({ maxOutputTokens: 5000 })).toEqual([{ maxTokens: 5000 }, []]);
});

test.each<[Partial<ChatRequest>, Partial<CatalogModel>, object, string[]]>([
  [{ temperature: 1, topP: 1 }, { sampling: 'none' }, {}, ['top_p', 'temperature']],
  [{ temperature: 1 }, { sampling: 'none' }, {}, ['temperature']],
  [{ temperature: 0.7, topP: 1 }, { sampling: 'one' }, { temperature: 0.7 }, ['top_p']],
  [{ temperature: 1, topP: 0.9 }, { sampling: 'one' }, { topP: 0.9 }, ['temperature']],
  [{ temperature: 1, topP: 1 }, { sampling: 'one' }, { temperature: 1 }, ['top_p']],
  [{ temperature: 1 }, { sampling: 'one' }, { temperature: 1 }, []],
  [{ temperature: 1, topP: 1 }, { sampling: 'both' }, { temperature: 1, topP: 1 }, []],
])('sampling of 1 asks for nothing, so no model refuses it %#', (fields, model, expected, ignored) => {
  expect(sent(fields, model)).toEqual([{ maxTokens: 4096, ...expected }, ignored]);
});

test('Nova, which takes no sampling with its high effort, goes without a 1', () => {
  const fields: Partial<ChatRequest> = { reasoning: { type: 'effort', effort: 'high' }, temperature: 1 };
  expect(sent(fields, { reasoning: 'effort' })).toEqual([{}, ['temperature']]);
});

test('thinking as the model sees fit is none for a model that doesn’t think, with its effort', () => {
  const reasoning = { type: 'adaptive', effort: 'medium' } as const;
  const call = toConverse(
    {
      ...request,
      reasoning,
      fieldNames: { ...fieldNames, reasoning: 'thinking', effort: 'output_config.effort' },
    },
    someModel({ reasoning: 'none' }),
    someLimits,
  );
  expect(call.ignored).toEqual(['thinking', 'output_config.effort']);
  expect(call.request.additionalModelRequestFields).toBeUndefined();
});
