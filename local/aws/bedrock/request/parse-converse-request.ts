import { invalid, unsupportedHere } from '../errors.ts';
import {
  enumField,
  isObject,
  type JsonObject,
  listField,
  numberField,
  objectField,
  requiredEnum,
  requiredObject,
  requiredString,
  stringField,
  wrongType,
} from '../json-fields.ts';
import type { Message, SystemBlock } from './content.ts';
import type { ConverseRequest, Guardrail } from './converse-request.ts';
import { parseCachePoint, parseContentBlock, parseGuardContent } from './parse-content.ts';
import { parseToolConfig } from './parse-tools.ts';
import { parseUnion } from './parse-union.ts';

/**
 * Parses a body by the service model. Unknown members are ignored, as on AWS.
 * @throws AwsError SerializationException or ValidationException
 */
export function parseConverseRequest(modelId: string, body: JsonObject): ConverseRequest {
  if (objectField(body, 'promptVariables') !== undefined) throw unsupportedHere('promptVariables');
  const inference = objectField(body, 'inferenceConfig') ?? {};
  const toolConfig = objectField(body, 'toolConfig');
  const tier = objectField(body, 'serviceTier');
  const performance = objectField(body, 'performanceConfig') ?? {};
  return {
    modelId,
    body,
    system: (listField(body, 'system') ?? []).map((block, index) =>
      parseSystemBlock(block, `system.${index}`),
    ),
    messages: (listField(body, 'messages') ?? []).map((message, index) =>
      parseMessage(message, `messages.${index}`),
    ),
    inference: {
      maxTokens: numberField(inference, 'inferenceConfig.maxTokens', { min: 1, integer: true }),
      temperature: numberField(inference, 'inferenceConfig.temperature', { min: 0, max: 1 }),
      topP: numberField(inference, 'inferenceConfig.topP', { min: 0, max: 1 }),
      stopSequences: parseStrings(inference, 'inferenceConfig.stopSequences'),
    },
    toolConfig: toolConfig && parseToolConfig(toolConfig),
    guardrail: parseGuardrail(objectField(body, 'guardrailConfig')),
    additionalFields: objectField(body, 'additionalModelRequestFields') ?? {},
    responseFieldPaths: parseStrings(body, 'additionalModelResponseFieldPaths'),
    output: parseOutput(objectField(body, 'outputConfig') ?? {}),
    serviceTier: tier && requiredEnum(tier, 'serviceTier.type', ['default', 'flex', 'priority', 'reserved']),
    latency: enumField(performance, 'performanceConfig.latency', ['standard', 'optimized']),
  };
}

function parseMessage(message: unknown, path: string): Message {
  if (!isObject(message)) throw wrongType(path, 'a structure');
  const role = requiredEnum(message, `${path}.role`, ['user', 'assistant', 'system']);
  if (role === 'system') throw unsupportedHere(`the role 'system' at ${path}`);
  const content = listField(message, `${path}.content`) ?? [];
  return { role, content: content.map((block, at) => parseContentBlock(block, `${path}.content.${at}`)) };
}

function parseSystemBlock(value: unknown, path: string): SystemBlock {
  const { kind, object } = parseUnion(value, path, 'SystemContentBlock');
  const memberPath = `${path}.${kind}`;
  if (kind === 'text') return { kind, text: requiredString(object, memberPath) };
  const member = requiredObject(object, memberPath);
  if (kind === 'cachePoint') return parseCachePoint(member, memberPath);
  if (kind === 'guardContent') return parseGuardContent(member, memberPath);
  throw unsupportedHere(`'${kind}' at ${path}`);
}

function parseGuardrail(config: JsonObject | undefined): Guardrail | undefined {
  if (config === undefined) return undefined;
  return {
    id: requiredString(config, 'guardrailConfig.guardrailIdentifier'),
    version: requiredString(config, 'guardrailConfig.guardrailVersion'),
    trace: enumField(config, 'guardrailConfig.trace', ['enabled', 'disabled', 'enabled_full']) ?? 'disabled',
    streamMode: enumField(config, 'guardrailConfig.streamProcessingMode', ['sync', 'async']) ?? 'sync',
  };
}

function parseOutput(config: JsonObject): ConverseRequest['output'] {
  const effort = stringField(config, 'outputConfig.effort');
  const path = 'outputConfig.textFormat';
  const format = objectField(config, path);
  if (format === undefined) return { schema: undefined, effort };
  requiredEnum(format, `${path}.type`, ['json_schema']);
  const { kind, object } = parseUnion(
    requiredObject(format, `${path}.structure`),
    `${path}.structure`,
    'OutputFormatStructure',
  );
  if (kind !== 'jsonSchema') throw unsupportedHere(`'${kind}' at ${path}.structure`);
  const definition = requiredObject(object, `${path}.structure.jsonSchema`);
  return { schema: parseSchema(requiredString(definition, `${path}.structure.jsonSchema.schema`)), effort };
}

function parseSchema(text: string): JsonObject {
  try {
    const schema: unknown = JSON.parse(text);
    if (isObject(schema)) return schema;
  } catch {
    // Refused below.
  }
  throw invalid('The value at outputConfig.textFormat.structure.jsonSchema.schema is not a JSON schema.');
}

function parseStrings(object: JsonObject, path: string): string[] {
  return (listField(object, path) ?? []).map((item, index) => {
    if (typeof item === 'string') return item;
    throw wrongType(`${path}.${index}`, 'a string');
  });
}
