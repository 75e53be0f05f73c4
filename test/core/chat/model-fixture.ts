import type { CatalogModel, ChatSettings } from '../../../core/catalog.ts';
import type { FieldNames } from '../../../core/chat/chat.ts';

export function someModel(fields: Partial<CatalogModel> = {}): CatalogModel {
  return {
    name: 'nova-lite',
    provider: 'bedrock',
    modelId: 'amazon.nova-lite-v1:0',
    target: 'amazon.nova-lite-v1:0',
    contextTokens: 300_000,
    maxOutputTokens: 5000,
    sampling: 'both',
    takesStopSequences: true,
    family: 'nova',
    accepts: ['images', 'documents', 'tools', 'tool-choice', 'cache-points'],
    structuredOutput: 'tool',
    reasoning: 'none',
    pricePerMillionTokens: { input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75, cacheWriteHour: 6 },
    fallbacks: [],
    createdSeconds: 1_733_184_000,
    ownedBy: 'amazon',
    ...fields,
  };
}

export const someLimits: ChatSettings = {
  maxBodyBytes: 1_048_576,
  maxMessages: 3,
  maxDepth: 32,
  maxTools: 128,
  countTokensPerMinute: 60,
  defaultMaxOutputTokens: 4096,
  serviceTiers: { default: 1, flex: 0.5, priority: 1.75 },
};

export const fieldNames: FieldNames = {
  maxOutputTokens: 'max_completion_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop',
  tools: 'tools',
  toolChoice: 'tool_choice',
  toolSchema: 'function.parameters',
  format: 'response_format',
  reasoning: 'reasoning_effort',
  messages: 'messages',
};
