import type { CatalogModel, ChatSettings } from '../../catalog.ts';
import type { ChatRequest } from '../../chat/chat.ts';
import type { TokenCounter } from '../../chat/provider.ts';
import type { ConverseRequest } from './converse-shapes.ts';
import { toConverse } from './to-converse.ts';

/** What of a request is counted (API reference, `ConverseTokensRequest`). */
export type CountedRequest = Pick<
  ConverseRequest,
  'messages' | 'system' | 'toolConfig' | 'additionalModelRequestFields'
>;

/**
 * Calls Bedrock's CountTokens.
 * @param modelId the model's own id: Bedrock counts nothing for inference profiles
 */
export type CountBedrockTokens = (modelId: string, request: CountedRequest) => Promise<number>;

export function createBedrockCounter(count: CountBedrockTokens, settings: ChatSettings): TokenCounter {
  const counted = async (chat: ChatRequest, model: CatalogModel) => {
    const { messages, system, toolConfig, additionalModelRequestFields } = toConverse(
      chat,
      model,
      settings,
    ).request;
    return count(model.modelId, {
      messages,
      ...(system !== undefined && { system }),
      ...(toolConfig !== undefined && { toolConfig }),
      ...(additionalModelRequestFields !== undefined && { additionalModelRequestFields }),
    });
  };
  return { count: counted };
}
