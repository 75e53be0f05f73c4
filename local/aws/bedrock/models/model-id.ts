import { invalid } from '../errors.ts';
import { bareModelId } from './model-family.ts';

const modelName = /^[a-zA-Z0-9][a-zA-Z0-9._:-]*$/;
const modelArn =
  /^arn:aws(-[a-z-]+)?:(bedrock|sagemaker):[a-z0-9-]{1,20}:([0-9]{12})?:([a-z-]+)\/[a-zA-Z0-9._:/-]+$/;

/** Vendors: a model id begins with one of them, after the geography of an inference profile. */
const vendors =
  /^(ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|stability|twelvelabs|writer|xai|zai)\./;

/** @param encoded as in the request's path; a model or inference-profile id, or an ARN */
export function parseModelId(encoded: string): string {
  const modelId = decode(encoded);
  const form = modelId.startsWith('arn:') ? modelArn : modelName;
  const isKnown = modelId.startsWith('arn:') || vendors.test(bareModelId(modelId));
  if (modelId.length > 2048 || !form.test(modelId) || !isKnown) {
    throw invalid('The provided model identifier is invalid.');
  }
  return modelId;
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalid('The provided model identifier is invalid.');
  }
}
