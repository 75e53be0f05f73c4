import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest } from '../../chat/chat.ts';
import { takesNoLimit } from './to-reasoning.ts';

/**
 * A request without what a model needn't get: the part of an output limit above the model's own, since a limit is an upper
 * bound, a temperature or top_p of 1, which asks for nothing, and thinking as the model sees fit where it doesn't think.
 *
 * @returns with the caller's names of the fields that were changed
 */
export function fitToModel(
  request: ChatRequest,
  model: CatalogModel,
): { request: ChatRequest; ignored: string[] } {
  const { fieldNames } = request;
  const needless = needlessSampling(request, model);
  const isTooLong = (request.maxOutputTokens ?? 0) > model.maxOutputTokens;
  const { reasoning } = request;
  const isVain = reasoning?.type === 'adaptive' && model.reasoning === 'none';
  if (!isTooLong && !isVain && needless.length === 0) return { request, ignored: [] };
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
      ...(isVain && reasoning.effort !== undefined ? [fieldNames.effort ?? fieldNames.reasoning] : []),
    ],
  };
}

/** Fields with the value 1 that the model doesn't take, or not together. */
function needlessSampling(request: ChatRequest, model: CatalogModel): ('temperature' | 'topP')[] {
  const fields = (['topP', 'temperature'] as const).filter((field) => request[field] !== undefined);
  const needless = fields.filter((field) => request[field] === 1);
  if (model.sampling === 'none' || takesNoLimit(request, model)) return needless;
  return model.sampling === 'one' && fields.length === 2 ? needless.slice(0, 1) : [];
}
