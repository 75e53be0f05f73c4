import { createHash } from 'node:crypto';
import { countTokens } from '../answer/split-tokens.ts';
import { isObject, type JsonObject } from '../json-fields.ts';
import { checkBody, type Embedded } from './check-body.ts';
import { directionOf } from './direction.ts';
import { quantize, quantizedTypes } from './quantize.ts';

const text = { type: 'string', minLength: 1 };
const inputTypes = ['search_document', 'search_query', 'classification', 'clustering', 'image'];
const common = {
  texts: { type: 'array', minItems: 1, maxItems: 96, items: text },
  images: { type: 'array', minItems: 1, maxItems: 96, items: text },
  input_type: { enum: inputTypes },
  truncate: { enum: ['NONE', 'START', 'END', 'LEFT', 'RIGHT'] },
  embedding_types: { type: 'array', minItems: 1, items: { enum: ['float', ...quantizedTypes] } },
};
const versionFour = {
  inputs: {
    type: 'array',
    minItems: 1,
    maxItems: 96,
    items: { type: 'object', required: ['content'], properties: { content: { type: 'array', minItems: 1 } } },
  },
  max_tokens: { type: 'integer', minimum: 1, maximum: 128_000 },
  output_dimension: { enum: [256, 512, 1024, 1536] },
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html */
export function embedWithCohere(modelId: string, body: JsonObject): Embedded {
  const isFour = modelId.includes('-v4');
  checkBody(body, {
    type: 'object',
    required: ['input_type'],
    additionalProperties: false,
    anyOf: ['texts', 'images', ...(isFour ? ['inputs'] : [])].map((key) => ({ required: [key] })),
    properties: { ...common, ...(isFour ? versionFour : {}) },
  });
  const texts = [...listOf(body.texts), ...listOf(body.images), ...listOf(body.inputs).map(contentText)];
  const dimensions = isFour ? Number(body.output_dimension ?? 1536) : 1024;
  const floats = texts.map((item) => directionOf(String(item), dimensions));
  const types = listOf(body.embedding_types).map(String);
  const byType = Object.fromEntries(
    types.map((type) => [type, floats.map((vector) => quantize(vector, type))]),
  );
  return {
    inputTokens: texts.reduce<number>((sum, item) => sum + countTokens(String(item)), 0),
    answer: {
      id: idOf(body),
      response_type: types.length > 0 ? 'embeddings_by_type' : 'embeddings_floats',
      embeddings: types.length > 0 ? byType : floats,
      ...(body.texts === undefined ? {} : { texts: body.texts }),
    },
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** An input of several parts: its texts, and its images as they are encoded. */
function contentText(input: unknown): string {
  const content = isObject(input) ? listOf(input.content) : [];
  const parts = content.map((part) => {
    if (!isObject(part)) return '';
    return typeof part.text === 'string' ? part.text : JSON.stringify(part.image_url ?? '');
  });
  return parts.join('\n');
}

function idOf(body: JsonObject): string {
  const hex = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
