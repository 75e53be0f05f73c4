import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ConverseEvent } from '../../core/providers/bedrock/converse-shapes.ts';
import type { ConverseStream } from '../../core/providers/bedrock/provider.ts';
import { awsClientSettings } from '../../lambda/adapters/aws-client.ts';
import { openTable } from '../../lambda/adapters/sdk-table.ts';

export const openHotTable = openTable;

/** What takes the place of converse-stream.ts and hot-table.ts in the variant with the SDK's clients. */
export function createConverseStream(): ConverseStream {
  const client = new BedrockRuntimeClient({ ...awsClientSettings, requestHandler: new NodeHttpHandler() });
  return async (request, signal) => {
    const { stream } = await client.send(new ConverseStreamCommand(request), { abortSignal: signal });
    return (async function* () {
      for await (const event of stream as AsyncIterable<ConverseEvent>) yield [event];
    })();
  };
}
