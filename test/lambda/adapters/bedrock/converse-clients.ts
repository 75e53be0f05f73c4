import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ConverseEvent } from '../../../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../../../core/providers/bedrock/provider.ts';

/** ConverseStream by the SDK's client, to which the transport of our own is held. */
async function createSdkConverseStream(): Promise<ConverseStream> {
  const { awsClientSettings } = await import('../../../../lambda/adapters/aws-client.ts');
  const { brokenOff, refusalOf } = await import('../../../../lambda/adapters/bedrock/refusals.ts');
  const client = new BedrockRuntimeClient({
    ...awsClientSettings,
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 2000, socketTimeout: 120_000 }),
  });
  async function* listed(events: AsyncIterable<unknown>) {
    try {
      for await (const event of events) yield [event as ConverseEvent];
    } catch (error) {
      throw brokenOff(error);
    }
  }
  return async (request, signal) => {
    try {
      const answer = await client.send(new ConverseStreamCommand(request), { abortSignal: signal });
      return listed(answer.stream as AsyncIterable<unknown>);
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

export const converseClients: [string, () => Promise<ConverseStream>][] = [
  ['the SDK', createSdkConverseStream],
  [
    'our transport',
    async () =>
      (await import('../../../../lambda/adapters/bedrock/converse-stream.ts')).createConverseStream(),
  ],
];
