import { refusedByModel } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { toolsOf } from '../../request/parse-tools.ts';
import { schemaProblem } from '../../request/validate-schema.ts';
import type { CheckedRequest } from '../checked-request.ts';

/** Keywords that Claude's structured output refuses, by type. */
const unsupportedKeywords = new Map([
  ['integer', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  ['string', ['minLength', 'maxLength']],
  ['array', ['maxItems', 'uniqueItems']],
]);

/** The schemas that Claude's output must match: that of the answer, and those of strict tools. */
export function validateClaudeSchemas({ output, toolConfig, traits }: CheckedRequest): void {
  if (output.schema !== undefined && schemaProblem(output.schema) !== undefined) {
    throw refusedByModel('output_config.format.schema: JSON schema is invalid.');
  }
  if (traits.family !== 'claude') return;
  if (output.schema !== undefined) refuseLoose(output.schema, 'output_config.format.schema');
  for (const [index, tool] of toolsOf(toolConfig).entries()) {
    if (tool.strict) refuseLoose(tool.inputSchema, `tools.${index}.custom`);
  }
}

function refuseLoose(schema: unknown, place: string): void {
  if (Array.isArray(schema)) for (const item of schema) refuseLoose(item, place);
  if (!isObject(schema)) return;
  refuseKeywords(schema, place);
  for (const [keyword, value] of Object.entries(schema)) {
    if (['properties', '$defs', 'definitions'].includes(keyword) && isObject(value)) {
      for (const inner of Object.values(value)) refuseLoose(inner, place);
    } else if (['items', 'anyOf', 'allOf', 'oneOf'].includes(keyword)) refuseLoose(value, place);
  }
}

function refuseKeywords(schema: JsonObject, place: string): void {
  const types = [schema.type].flat().filter((type) => typeof type === 'string');
  if (types.includes('object') && schema.additionalProperties !== false) {
    throw refusedByModel(
      `${place}: For 'object' type, 'additionalProperties' must be explicitly set to false`,
    );
  }
  for (const type of types) {
    const wrong = (unsupportedKeywords.get(type) ?? []).filter((keyword) => Object.hasOwn(schema, keyword));
    if (wrong.length > 0) {
      throw refusedByModel(`${place}: For '${type}' type, properties ${wrong.join(', ')} are not supported`);
    }
  }
}
