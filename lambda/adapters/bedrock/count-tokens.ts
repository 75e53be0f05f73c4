import { CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';
import type { CountBedrockTokens } from '../../../core/providers/bedrock/count-tokens.ts';
import { openBedrock } from './client.ts';
import { refusalOf } from './refusals.ts';

const silenceMs = 10_000;

/** Bedrock charges nothing for a count. */
export function createCountTokens(): CountBedrockTokens {
  const client = openBedrock(silenceMs);
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
