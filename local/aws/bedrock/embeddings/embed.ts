import { unsupportedHere } from '../errors.ts';
import { parseJsonObject } from '../json-fields.ts';
import { bareModelId } from '../models/model-family.ts';
import type { InvokeCall, InvokedModel } from '../responders/responder.ts';
import { embedWithCohere } from './cohere.ts';
import { embedWithTitan } from './titan.ts';

/**
 * InvokeModel, for models that embed.
 * @throws AwsError ValidationException, also for other models, by name
 */
export function embed({ body, modelId }: Pick<InvokeCall, 'body' | 'modelId'>): InvokedModel {
  const id = bareModelId(modelId);
  const request = parseJsonObject(body);
  const { answer, inputTokens } = /^amazon\.titan-embed-text-v[12]/.test(id)
    ? embedWithTitan(id, request)
    : /^cohere\.embed-(english-v3|multilingual-v3|v4)/.test(id)
      ? embedWithCohere(id, request)
      : refuse(modelId);
  return { body: JSON.stringify(answer), contentType: 'application/json', inputTokens };
}

function refuse(modelId: string): never {
  throw unsupportedHere(
    `InvokeModel with ${modelId}; it embeds texts with Titan Text Embeddings and Cohere Embed`,
  );
}
