import { refusedByModel } from '../../errors.ts';
import { isObject, type JsonObject } from '../../json-fields.ts';
import { toolsOf } from '../../request/parse-tools.ts';
import { schemaProblem } from '../../request/validate-schema.ts';
import type { CheckedRequest } from '../checked-request.ts';
import { isRecursive, subschemas } from './walk-schema.ts';

/** Keywords that Claude's structured output refuses, by type. */
const unsupportedKeywords = new Map([
  ['integer', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  ['string', ['minLength', 'maxLength']],
  ['array', ['maxItems', 'uniqueItems']],
]);

/** Keywords that it refuses anywhere. */
const neverSupported = ['oneOf', 'not', 'if', 'then', 'else', 'patternProperties', 'propertyNames'];

/** Limits of all schemas of a request together. */
const optionalLimit = 24;
const unionsLimit = 16;
const strictToolsLimit = 20;

/** The schemas that Claude's output must match: that of the answer, and those of strict tools. */
export function validateClaudeSchemas({ output, toolConfig, traits }: CheckedRequest): void {
  if (output.schema !== undefined && schemaProblem(output.schema) !== undefined) {
    throw refusedByModel('output_config.format.schema: JSON schema is invalid.');
  }
  if (traits.family !== 'claude') return;
  if (output.schema !== undefined) refuseSchema(output.schema, 'output_config.format.schema');
  const tools = toolsOf(toolConfig);
  for (const [index, { inputSchema, strict }] of tools.entries()) {
    refuseTopLevel(inputSchema, `tools.${index}.custom.input_schema`);
    if (strict) refuseSchema(inputSchema, `tools.${index}.custom`);
  }
  const strict = tools.filter((tool) => tool.strict).map(({ inputSchema }) => inputSchema);
  if (strict.length > strictToolsLimit) {
    throw refusedByModel(
      `Too many strict tools (${strict.length}). The maximum number of strict tools supported is ${strictToolsLimit}.`,
    );
  }
  refuseTooMany([...(output.schema === undefined ? [] : [output.schema]), ...strict].flatMap(subschemas));
}

/** Every tool's schema, strict or not. */
function refuseTopLevel(schema: JsonObject, place: string): void {
  if (!['oneOf', 'allOf', 'anyOf'].some((keyword) => Object.hasOwn(schema, keyword))) return;
  throw refusedByModel(`${place}: input_schema does not support oneOf, allOf, or anyOf at the top level`);
}

function refuseSchema(schema: JsonObject, place: string): void {
  if (isRecursive(schema)) throw refusedByModel(`${place}: Recursive schemas are not supported`);
  for (const inner of subschemas(schema)) refuseKeywords(inner, place);
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
  const never = neverSupported.find((keyword) => Object.hasOwn(schema, keyword));
  if (never !== undefined) throw refusedByModel(`${place}: '${never}' is not supported`);
  if (typeof schema.$ref === 'string' && !schema.$ref.startsWith('#')) {
    throw refusedByModel(`${place}: External $ref is not supported`);
  }
  if (Array.isArray(schema.enum) && schema.enum.some((value) => isObject(value) || Array.isArray(value))) {
    throw refusedByModel(`${place}: Enum values must be strings, numbers, booleans or null`);
  }
}

function refuseTooMany(schemas: readonly JsonObject[]): void {
  const optional = schemas.flatMap(({ properties, required }) =>
    Object.keys(isObject(properties) ? properties : {}).filter(
      (name) => !Array.isArray(required) || !required.includes(name),
    ),
  );
  if (optional.length > optionalLimit) {
    throw refusedByModel(
      `Schemas contains too many optional parameters (${optional.length}), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: ${optionalLimit}).`,
    );
  }
  const unions = schemas.flatMap(({ properties }) =>
    Object.values(isObject(properties) ? properties : {}).filter(
      (value) => isObject(value) && (Array.isArray(value.type) || Array.isArray(value.anyOf)),
    ),
  );
  if (unions.length > unionsLimit) {
    throw refusedByModel(
      `Schemas contains too many parameters with union types (${unions.length} parameters with type arrays or anyOf). This causes exponential compilation cost. Reduce the number of nullable or union-typed parameters (limit: ${unionsLimit} parameters with unions).`,
    );
  }
}
