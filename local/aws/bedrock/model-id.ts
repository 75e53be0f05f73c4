import { invalid } from './errors.ts';

const modelName = /^[a-zA-Z0-9][a-zA-Z0-9._:-]*$/;
const modelArn =
  /^arn:aws(-[a-z-]+)?:(bedrock|sagemaker):[a-z0-9-]{1,20}:([0-9]{12})?:([a-z-]+)\/[a-zA-Z0-9._:/-]+$/;

/** @param encoded as in the request's path; a model or inference-profile id, or an ARN */
export function parseModelId(encoded: string): string {
  const modelId = decode(encoded);
  const form = modelId.startsWith('arn:') ? modelArn : modelName;
  if (modelId.length > 2048 || !form.test(modelId)) {
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
