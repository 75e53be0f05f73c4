import { invalid } from './errors.ts';
import type { JsonObject } from './json.ts';
import { fieldOf, isObject, listField, numberField, refuseFields, stringField } from './json.ts';

/** What the text responders take of a Converse request, checked as Bedrock checks it. */
export interface ConverseRequest {
  modelId: string;
  system: string[];
  messages: { role: 'user' | 'assistant'; texts: string[] }[];
  maxTokens: number | undefined;
  temperature: number | undefined;
  topP: number | undefined;
  stopSequences: string[];
}

/** Converse itself takes up to 2,500, but not every model does: what passes here should pass with any. */
const stopSequencesLimit = 4;

const unsupportedFields = [
  'additionalModelRequestFields',
  'additionalModelResponseFieldPaths',
  'guardrailConfig',
  'outputConfig',
  'performanceConfig',
  'promptVariables',
  'serviceTier',
  'toolConfig',
];

/** @throws AwsError ValidationException, also for what only a real model can do, named */
export function parseConverseRequest(modelId: string, body: JsonObject): ConverseRequest {
  refuseFields(body, unsupportedFields);
  const inference = fieldOf(body, 'inferenceConfig');
  return {
    modelId,
    maxTokens: numberField(inference, 'inferenceConfig.maxTokens', { min: 1, integer: true }),
    temperature: numberField(inference, 'inferenceConfig.temperature', { min: 0, max: 1 }),
    topP: numberField(inference, 'inferenceConfig.topP', { min: 0, max: 1 }),
    stopSequences: parseStopSequences(listField(inference, 'stopSequences') ?? []),
    system: (listField(body, 'system') ?? []).map((block, index) =>
      textOf(block, `system.${index}`, 'SystemContentBlock'),
    ),
    messages: parseMessages(listField(body, 'messages') ?? []),
  };
}

function parseMessages(messages: unknown[]): ConverseRequest['messages'] {
  const parsed = messages.map(parseMessage);
  if (parsed[0]?.role !== 'user') {
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  if (parsed.some(({ role }, index) => role === parsed[index - 1]?.role)) {
    throw invalid(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
  }
  return parsed;
}

function parseMessage(message: unknown, index: number): ConverseRequest['messages'][number] {
  const path = `messages.${index}`;
  if (!isObject(message)) throw invalid(`Value at '${path}' must be a Message object.`);
  const role = stringField(message, 'role');
  if (role !== 'user' && role !== 'assistant') {
    throw invalid(
      `1 validation error detected: Value '${role ?? 'null'}' at '${path}.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]`,
    );
  }
  const content = listField(message, 'content') ?? [];
  if (content.length === 0) {
    throw invalid(
      `The content field in the Message object at ${path} is empty. Add a ContentBlock object to the content field and try again.`,
    );
  }
  return { role, texts: content.map((block, at) => textOf(block, `${path}.content.${at}`, 'ContentBlock')) };
}

function textOf(block: unknown, path: string, shape: string): string {
  if (!isObject(block)) throw invalid(`Value at '${path}' must be a ${shape} object.`);
  const kinds = Object.keys(block).filter((kind) => block[kind] !== undefined && block[kind] !== null);
  if (kinds.length !== 1) throw invalid(`Exactly one field of the ${shape} object at ${path} must be set.`);
  if (kinds[0] !== 'text') {
    throw invalid(`The local Bedrock stand-in takes text only: '${kinds[0]}' at ${path} is not supported.`);
  }
  const text = stringField(block, 'text') ?? '';
  if (text.trim() === '') {
    throw invalid(
      `The text field in the ${shape} object at ${path} is blank. Add text to the text field, and try again.`,
    );
  }
  return text;
}

function parseStopSequences(sequences: unknown[]): string[] {
  const path = 'inferenceConfig.stopSequences';
  if (sequences.length > stopSequencesLimit) {
    throw invalid(
      `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must have length less than or equal to ${stopSequencesLimit}`,
    );
  }
  return sequences.map((sequence, index) => {
    if (typeof sequence === 'string' && sequence !== '') return sequence;
    throw invalid(
      `1 validation error detected: Value at '${path}.${index}' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
  });
}
