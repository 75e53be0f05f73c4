import {
  BedrockRuntimeClient,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Bedrock, createBedrock } from '../../../../local/aws/bedrock/bedrock.ts';
import { localAnswer } from '../../../../local/aws/bedrock/responders/built-in/local-answer.ts';
import { createModelResponder } from '../../../../local/aws/bedrock/responders/model-responder.ts';
import type { Responder } from '../../../../local/aws/bedrock/responders/responder.ts';
import type { Pacing } from '../../../../local/aws/bedrock/stream/pacing.ts';
import { startAwsServer } from '../../../../local/aws/server.ts';
import { createFaults, type Faults } from '../../../../local/faults.ts';
import { silentLog } from '../../../../local/log.ts';

export type Protocol = 'HTTP/1.1' | 'HTTP/2';

export interface RunningBedrock {
  url: string;
  faults: Faults;
  stats: Bedrock['stats'];
  /** The genuine SDK client; HTTP/2 is its default. It does not retry. */
  client(protocol?: Protocol, endpoint?: string): BedrockRuntimeClient;
  close(): Promise<void>;
}

export async function startBedrock(
  options: { responder?: Responder; settings?: Partial<Pacing> } = {},
): Promise<RunningBedrock> {
  const faults = createFaults();
  const bedrock = createBedrock({
    faults,
    log: silentLog,
    responder: options.responder ?? createModelResponder(localAnswer),
    settings: { tokensPerSecond: 0, firstTokenDelayMs: 0, ...options.settings },
  });
  const server = await startAwsServer({ services: [bedrock], faults, port: 0, log: silentLog });
  const clients: BedrockRuntimeClient[] = [];
  return {
    url: server.url,
    faults,
    stats: bedrock.stats,
    client(protocol = 'HTTP/2', endpoint = server.url) {
      const client = new BedrockRuntimeClient({
        endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        maxAttempts: 1,
        ...(protocol === 'HTTP/1.1' ? { requestHandler: new NodeHttpHandler() } : {}),
      });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.destroy();
      await server.close();
    },
  };
}

export const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** Reads an answer's events to their end or failure. */
export async function readEvents(
  client: BedrockRuntimeClient,
  request: ConverseStreamCommandInput,
): Promise<{ events: ConverseStreamOutput[]; error: unknown }> {
  const events: ConverseStreamOutput[] = [];
  try {
    const { stream } = await client.send(new ConverseStreamCommand(request));
    for await (const event of stream ?? []) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  }
}

/** A request with one user message. */
export const ask = (text: string): Asked => ({ modelId, messages: [{ role: 'user', content: [{ text }] }] });

/** What Converse and ConverseStream both take. */
export interface Asked extends Omit<ConverseCommandInput, 'messages'> {
  messages: Message[];
}

/** Resolves once `condition` holds; the test's own time limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** For calls without the SDK: nothing is verified, but a signature must be there. */
export const signed = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=0',
};
