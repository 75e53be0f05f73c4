import { countInputTokens } from '../answer/token-usage.ts';
import { invalid, unsupportedHere } from '../errors.ts';
import { type JsonObject, requiredObject, requiredString } from '../json-fields.ts';
import { modelTraits } from '../models/model-traits.ts';
import { parseConverseRequest } from '../request/parse-converse-request.ts';
import { parseInvokeBody } from '../request/parse-invoke-body.ts';
import { parseUnion } from '../request/parse-union.ts';
import { documentsIn } from '../validation/messages/media-blocks.ts';
import { validateConverse } from '../validation/validate-converse.ts';

/**
 * Counts as Converse does, so that the two agree. Only a model's own id will do, not that of an inference profile.
 * @throws AwsError ValidationException
 */
export function countRequestTokens({ body, modelId }: { modelId: string; body: JsonObject }): {
  inputTokens: number;
} {
  if (!modelTraits(modelId).countTokens || /^(arn:|[a-z-]+\.anthropic\.)/.test(modelId)) {
    throw invalid("The provided model doesn't support counting tokens.");
  }
  const { kind, object } = parseUnion(requiredObject(body, 'input'), 'input', 'CountTokensInput');
  const member = requiredObject(object, `input.${kind}`);
  if (kind === 'invokeModel') {
    const text = requiredString(member, 'input.invokeModel.body');
    return { inputTokens: countInputTokens(parseInvokeBody(Buffer.from(text, 'base64'))) };
  }
  if (kind !== 'converse') throw unsupportedHere(`'${kind}' at input`);
  const request = parseConverseRequest(modelId, member);
  validateConverse(request, 'count');
  if (documentsIn(request.messages).length > 0) {
    throw invalid('Document input not supported for token counting.');
  }
  return { inputTokens: countInputTokens(request) };
}
