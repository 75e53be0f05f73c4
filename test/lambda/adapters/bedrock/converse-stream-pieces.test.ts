import type { ConverseEvent } from '../../../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../../../core/providers/bedrock/provider.ts';
import { scripted } from '../../../e2e/scripted.ts';
import { type RunningBedrock, startBedrock } from '../../../local/aws/bedrock/start-bedrock.ts';
import { useAwsAt } from '../start-aws.ts';
import { converseClients } from './converse-clients.ts';

/** Bedrock's binary frames come in pieces of any size; what is read of them must not depend on it. */
let bedrock: RunningBedrock;

beforeAll(async () => {
  bedrock = await startBedrock();
  useAwsAt(bedrock.url);
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

async function read(converseStream: ConverseStream, steps: readonly object[]): Promise<ConverseEvent[]> {
  const request = {
    modelId: 'amazon.nova-lite-v1:0',
    messages: [{ role: 'user' as const, content: [{ text: scripted(steps) }] }],
    inferenceConfig: { maxTokens: 500 },
    toolConfig: { tools: [{ toolSpec: { name: 'find', inputSchema: { json: { type: 'object' } } } }] },
  };
  const events = (await Array.fromAsync(await converseStream(request, new AbortController().signal))).flat();
  return events.map((event) =>
    'metadata' in event ? { metadata: { usage: event.metadata?.usage } } : event,
  );
}

describe.each(converseClients)('%s', (_name, openClient) => {
  test('reads the same from pieces of any size', async () => {
    const [, openMeasure] = converseClients[0] as (typeof converseClients)[0];
    const whole = await read(await openMeasure(), said);
    expect(whole.length).toBeGreaterThan(12);
    const client = await openClient();
    for (const pieceBytes of [undefined, 1, 2, 3, 5, 8, 11, 12, 13, 16, 31, 64, 150, 1000]) {
      expect(await read(client, [...(pieceBytes ? [{ pieceBytes }] : []), ...said])).toEqual(whole);
    }
  }, 60_000);
});
