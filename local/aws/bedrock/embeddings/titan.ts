import { countTokens } from '../answer/split-tokens.ts';
import { invalid } from '../errors.ts';
import { isObject, type JsonObject } from '../json-fields.ts';
import { checkBody, type Embedded } from './check-body.ts';
import { directionOf } from './direction.ts';

const tokensLimit = 8192;

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
export function embedWithTitan(modelId: string, body: JsonObject): Embedded {
  const isFirst = modelId.includes('-v1');
  checkBody(body, {
    type: 'object',
    required: ['inputText'],
    additionalProperties: false,
    properties: {
      inputText: { type: 'string', minLength: 1, maxLength: 50_000 },
      ...(isFirst
        ? {}
        : {
            dimensions: { enum: [256, 512, 1024] },
            normalize: { type: 'boolean' },
            embeddingTypes: { type: 'array', items: { enum: ['float', 'binary'] } },
          }),
    },
  });
  const text = String(body.inputText);
  const inputTokens = countTokens(text);
  if (inputTokens > tokensLimit) {
    throw invalid(
      `400 Bad Request: Too many input tokens. Max input tokens: ${tokensLimit}, request input token count: ${inputTokens}`,
    );
  }
  const direction = directionOf(text, isFirst ? 1536 : Number(body.dimensions ?? 1024));
  // Not normalized, a longer text has a longer vector.
  const length = isFirst || body.normalize === false ? Math.sqrt(1 + inputTokens) : 1;
  const embedding = direction.map((part) => part * length);
  const types = Array.isArray(body.embeddingTypes) ? body.embeddingTypes : ['float'];
  const byType = {
    ...(types.includes('float') ? { float: embedding } : {}),
    ...(types.includes('binary') ? { binary: embedding.map((part) => Number(part > 0)) } : {}),
  };
  const answer = isFirst
    ? { embedding, inputTextTokenCount: inputTokens }
    : {
        ...(isObject(byType) && 'float' in byType ? { embedding } : {}),
        embeddingsByType: byType,
        inputTextTokenCount: inputTokens,
      };
  return { answer, inputTokens };
}
