import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest } from '../../chat/chat.ts';
import { takesNoLimit } from './to-reasoning.ts';

/**
 * A request without what a model needn't get: the part of an output limit above the model's own, since a limit is an upper
 * bound, a temperature or top_p of 1, which asks for nothing, thinking as the model sees fit where it doesn't think, and an
 * effort that rules out what else was asked for.
 *
 * @returns with the caller's names of the fields that were changed
 */
export function fitToModel(
  asked: ChatRequest,
  model: CatalogModel,
): { request: ChatRequest; ignored: string[] } {
  const { fieldNames } = asked;
  const request = withBearableEffort(asked, model);
  const effortName = fieldNames.effort ?? fieldNames.reasoning;
  const needless = needlessSampling(request, model);
  const isTooLong = (request.maxOutputTokens ?? 0) > model.maxOutputTokens;
  const { reasoning } = request;
  const isVain = reasoning?.type === 'adaptive' && model.reasoning === 'none';
  return {
    request: {
      ...request,
      ...(isTooLong && { maxOutputTokens: model.maxOutputTokens }),
      ...(isVain && { reasoning: undefined }),
      ...Object.fromEntries(needless.map((field) => [field, undefined])),
    },
    ignored: [
      ...(isTooLong ? [fieldNames.maxOutputTokens] : []),
      ...needless.map((field) => fieldNames[field]),
      ...(isVain ? [fieldNames.reasoning] : []),
      ...((isVain && reasoning.effort !== undefined) || request !== asked ? [effortName] : []),
    ],
  };
}

/**
 * Nova takes neither limits nor sampling with its high effort (Nova 2 user guide, extended thinking). An effort is a wish,
 * and the others are what a caller counts on, so the effort becomes the highest that they go with.
 */
function withBearableEffort(request: ChatRequest, model: CatalogModel): ChatRequest {
  const { reasoning, maxOutputTokens, temperature = 1, topP = 1, topK } = request;
  if (reasoning === undefined || !takesNoLimit(request, model)) return request;
  if (maxOutputTokens === undefined && temperature === 1 && topP === 1 && topK === undefined) return request;
  return { ...request, reasoning: { ...reasoning, effort: 'medium' } };
}

/** Fields with the value 1 that the model doesn't take, or not together. */
function needlessSampling(request: ChatRequest, model: CatalogModel): ('temperature' | 'topP')[] {
  const fields = (['topP', 'temperature'] as const).filter((field) => request[field] !== undefined);
  const needless = fields.filter((field) => request[field] === 1);
  if (model.sampling === 'none' || takesNoLimit(request, model)) return needless;
  return model.sampling === 'one' && fields.length === 2 ? needless.slice(0, 1) : [];
}
