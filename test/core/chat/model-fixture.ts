import type { CatalogModel, ChatLimits } from '../../../core/catalog.ts';

export function someModel(fields: Partial<CatalogModel> = {}): CatalogModel {
  return {
    name: 'nova-lite',
    provider: 'bedrock',
    target: 'amazon.nova-lite-v1:0',
    contextTokens: 300_000,
    maxOutputTokens: 5000,
    sampling: 'both',
    takesStopSequences: true,
    pricePerMillionTokens: { input: 3, output: 15, cachedInput: 0.3 },
    fallbacks: [],
    createdSeconds: 1_733_184_000,
    ownedBy: 'amazon',
    ...fields,
  };
}

export const someLimits: ChatLimits = {
  maxBodyBytes: 1_048_576,
  maxMessages: 3,
  maxDepth: 32,
  defaultMaxOutputTokens: 4096,
};
