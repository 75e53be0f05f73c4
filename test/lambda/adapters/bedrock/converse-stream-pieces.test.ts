import type { ConverseEvent } from '../../../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../../../core/providers/bedrock/provider.ts';
import { scripted } from '../../../e2e/scripted.ts';
import { type RunningBedrock, startBedrock } from '../../../local/aws/bedrock/start-bedrock.ts';
import { useAwsAt } from '../start-aws.ts';

/** Bedrock's binary frames come in pieces of any size; what is read of them must not depend on it. */
let bedrock: RunningBedrock;
let converseStream: ConverseStream;

beforeAll(async () => {
  bedrock = await startBedrock();
  useAwsAt(bedrock.url);
  const { createConverseStream } = await import('../../../../lambda/adapters/bedrock/bedrock-runtime.ts');
  converseStream = createConverseStream();
});
afterAll(() => bedrock.close());

const said = [
  { reasoning: ['Hm ', '🤔'], signature: 'sig' },
  { redacted: 'AQID' },
  { text: ['é ñ € ', '日本語 🚀'] },
  { toolUse: 'find', id: 'call-1', inputPieces: ['{"city":"Łó', 'dź"}'] },
  // The script's own length would be counted otherwise.
  { usage: { inputTokens: 1, outputTokens: 2 } },
];

async function read(steps: readonly object[]): Promise<ConverseEvent[]> {
  const request = {
    modelId: 'amazon.nova-lite-v1:0',
    messages: [{ role: 'user' as const, content: [{ text: scripted(steps) }] }],
    inferenceConfig: { maxTokens: 500 },
    toolConfig: { tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }] },
  };
  const events = await Array.fromAsync(await converseStream(request, new AbortController().signal));
  return events.map((event) =>
    'metadata' in event ? { metadata: { usage: event.metadata?.usage } } : event,
  );
}

test.each([1, 2, 3, 5, 8, 11, 12, 13, 16, 31, 64, 150, 1000])(
  'pieces of %i bytes',
  async (pieceBytes) => {
    const whole = await read(said);
    expect(whole.length).toBeGreaterThan(12);
    expect(await read([{ pieceBytes }, ...said])).toEqual(whole);
  },
  60_000,
);
