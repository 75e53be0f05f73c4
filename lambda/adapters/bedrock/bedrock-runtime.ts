import {
  BedrockRuntimeClient,
  CountTokensCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { CountBedrockTokens } from '../../../core/providers/bedrock/count-tokens.ts';
import type { InvokeModel } from '../../../core/providers/bedrock/embeddings.ts';
import { awsClientSettings } from '../aws-client.ts';
import { refusalOf } from './refusals.ts';

/**
 * Bedrock over HTTP/1.1 with keep-alive. Compared with the SDK's default, HTTP/2, it needs less memory and less time to
 * the first token, and an aborted call ends in an error instead of silently.
 *
 * @param silenceMs how long a connection may be silent
 */
function openBedrock(silenceMs: number): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    ...awsClientSettings,
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 2000, socketTimeout: silenceMs }),
  });
}

/** Bedrock charges nothing for a count. */
export function createCountTokens(): CountBedrockTokens {
  const client = openBedrock(10_000);
  return async (modelId, converse) => {
    try {
      const { inputTokens } = await client.send(new CountTokensCommand({ modelId, input: { converse } }));
      if (inputTokens === undefined) throw new Error('CountTokens answered no count');
      return inputTokens;
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

export function createInvokeModel(): InvokeModel {
  const client = openBedrock(30_000);
  return async (modelId, body, signal) => {
    const command = new InvokeModelCommand({
      modelId,
      body: JSON.stringify(body),
      contentType: 'application/json',
      accept: 'application/json',
    });
    const counted = readCount(command);
    try {
      const answer = await client.send(command, { abortSignal: signal });
      return { answer: JSON.parse(answer.body.transformToString()), inputTokens: counted() };
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

/**
 * Reads the header with the input's token count, which is the only place where some families report it. The SDK's
 * output has no headers.
 */
function readCount({ middlewareStack }: InvokeModelCommand): () => number | undefined {
  let count: string | undefined;
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      count = headers?.['x-amzn-bedrock-input-token-count'];
      return result;
    },
    { step: 'deserialize', priority: 'high' },
  );
  return () => (count === undefined ? undefined : Number(count));
}
