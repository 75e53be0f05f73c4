import type { CountBedrockTokens } from '../../../../core/providers/bedrock/count-tokens.ts';
import type { InvokeModel } from '../../../../core/providers/bedrock/embeddings.ts';
import { type RunningBedrock, startBedrock } from '../../../local/aws/bedrock/start-bedrock.ts';
import { useAwsAt } from '../start-aws.ts';

/** Counting and embedding, by the genuine client. */
let bedrock: RunningBedrock;
let countTokens: CountBedrockTokens;
let invokeModel: InvokeModel;

beforeEach(async () => {
  bedrock = await startBedrock();
  useAwsAt(bedrock.url);
  const { createCountTokens } = await import('../../../../lambda/adapters/bedrock/bedrock-runtime.ts');
  const { createInvokeModel } = await import('../../../../lambda/adapters/bedrock/bedrock-runtime.ts');
  countTokens = createCountTokens();
  invokeModel = createInvokeModel();
});
afterEach(() => bedrock.close());

const { signal } = new AbortController();
const messages = [{ role: 'user' as const, content: [{ text: 'How many are these?' }] }];
const haiku = 'anthropic.claude-haiku-4-5-20251001-v1:0';

test('tokens are counted by the model’s own endpoint', async () => {
  expect(await countTokens(haiku, { messages })).toBeGreaterThan(3);
  await expect(countTokens(`global.${haiku}`, { messages })).rejects.toMatchObject({
    code: 'model_refused_request',
  });
});

test.each([
  ['amazon.titan-embed-text-v2:0', { inputText: 'one two three' }],
  ['cohere.embed-multilingual-v3', { texts: ['one two three'], input_type: 'search_document' }],
])('%s gives the tokens read in a header', async (modelId, body) => {
  const { answer, inputTokens } = await invokeModel(modelId, body, signal);
  expect(inputTokens).toBeGreaterThan(2);
  expect(answer).toEqual(expect.any(Object));
});

test.each([
  ['ThrottlingException', 'model_overloaded', 503],
  ['ModelTimeoutException', 'model_timeout', 504],
  ['ValidationException', 'model_refused_request', 400],
  ['AccessDeniedException', 'model_failed', 502],
])('%s is %s', async (error, code, status) => {
  for (const operation of ['CountTokens', 'InvokeModel']) {
    bedrock.faults.replace([{ service: 'bedrock', operation, kind: 'error', error }]);
    const asking =
      operation === 'CountTokens'
        ? countTokens(haiku, { messages })
        : invokeModel('amazon.titan-embed-text-v2:0', { inputText: 'x' }, signal);
    await expect(asking).rejects.toMatchObject({ name: 'DaypassError', code, status });
  }
});

test('no model is asked for a caller who left', async () => {
  const asking = invokeModel('amazon.titan-embed-text-v2:0', { inputText: 'x' }, AbortSignal.abort());
  await expect(asking).rejects.toMatchObject({ name: 'DaypassError' });
});
