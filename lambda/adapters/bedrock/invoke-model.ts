import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import type { InvokeModel } from '../../../core/providers/bedrock/embeddings.ts';
import { openBedrock } from './client.ts';
import { refusalOf } from './refusals.ts';

const silenceMs = 30_000;

export function createInvokeModel(): InvokeModel {
  const client = openBedrock(silenceMs);
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
