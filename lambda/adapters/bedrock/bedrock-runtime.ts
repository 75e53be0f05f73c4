import type { CountBedrockTokens } from '../../../core/providers/bedrock/count-tokens.ts';
import type { InvokeModel } from '../../../core/providers/bedrock/embeddings.ts';
import { wholeAnswer } from '../aws/light-client.ts';
import { openBedrock } from './open-bedrock.ts';
import { refusalOf } from './refusals.ts';

/** Bedrock charges nothing for a count. */
export function createCountTokens(): CountBedrockTokens {
  const callBedrock = openBedrock(10_000);
  const { signal } = new AbortController();
  return async (modelId, converse) => {
    try {
      const { inputTokens } = await callBedrock(
        { modelId, operation: 'count-tokens', body: { input: { converse } } },
        signal,
        wholeAnswer(signal),
      );
      if (typeof inputTokens !== 'number') throw new Error('CountTokens answered no count');
      return inputTokens;
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

export function createInvokeModel(): InvokeModel {
  const callBedrock = openBedrock(30_000);
  return async (modelId, body, signal) => {
    // The header is the only place where some families report it.
    let count: string | undefined;
    const read = wholeAnswer(signal, (headers) => {
      count = headers.get('x-amzn-bedrock-input-token-count');
    });
    try {
      const answer = await callBedrock({ modelId, operation: 'invoke', body }, signal, read);
      return { answer, inputTokens: count === undefined ? undefined : Number(count) };
    } catch (error) {
      throw refusalOf(error);
    }
  };
}
