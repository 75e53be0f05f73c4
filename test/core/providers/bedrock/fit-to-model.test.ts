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

describe('Nova takes neither a limit nor sampling with its high effort', () => {
  const effortOf = (fields: Partial<ChatRequest>) => {
    const { request: sent, ignored } = toConverse(
      { ...request, ...fields, fieldNames: { ...fieldNames, effort: 'output_config.effort' } },
      someModel({ reasoning: 'effort' }),
      someLimits,
    );
    return [sent.inferenceConfig, sent.additionalModelRequestFields, ignored] as const;
  };
  const atMost = (maxReasoningEffort: string) => ({
    reasoningConfig: { type: 'enabled', maxReasoningEffort },
  });

  test.each(['high', 'xhigh', 'max'] as const)(
    'so with a limit %s becomes medium, and is named',
    (effort) => {
      const fields: Partial<ChatRequest> = { reasoning: { type: 'effort', effort }, maxOutputTokens: 900 };
      expect(effortOf(fields)).toEqual([{ maxTokens: 900 }, atMost('medium'), ['output_config.effort']]);
      expect(effortOf({ ...fields, reasoning: { type: 'adaptive', effort } })[1]).toEqual(atMost('medium'));
    },
  );

  test('and so it does with sampling', () => {
    const reasoning = { type: 'effort', effort: 'high' } as const;
    const named = ['output_config.effort'];
    const usual = { maxTokens: 4096 };
    expect(effortOf({ reasoning, temperature: 0.2 })).toEqual([
      { ...usual, temperature: 0.2 },
      atMost('medium'),
      named,
    ]);
    expect(effortOf({ reasoning, topP: 0.9 })).toEqual([{ ...usual, topP: 0.9 }, atMost('medium'), named]);
    expect(effortOf({ reasoning, topK: 5 })[2]).toEqual(named);
  });

  test('and alone it is sent as it is', () => {
    expect(effortOf({ reasoning: { type: 'effort', effort: 'high' } })).toEqual([{}, atMost('high'), []]);
  });

  test('and a lower effort stays', () => {
    const fields: Partial<ChatRequest> = {
      reasoning: { type: 'effort', effort: 'low' },
      maxOutputTokens: 900,
    };
    expect(effortOf(fields)).toEqual([{ maxTokens: 900 }, atMost('low'), []]);
  });
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
