import type { CatalogModel, ChatSettings } from '../../catalog.ts';
import type { AllowedCalls } from '../../chat/answer/limit-calls.ts';
import type { Promised } from '../../chat/answer/require-promised.ts';
import type { ChatRequest } from '../../chat/chat.ts';
import { chooseTier, requireTier } from '../../chat/service-tiers.ts';
import { chooseFormat, type FormatWay, schemaPrompt } from './choose-format.ts';
import type { ConverseRequest, ConverseTextFormat, Json } from './converse-shapes.ts';
import { fitToModel } from './fit-to-model.ts';
import { nativeSchemas } from './native-schemas.ts';
import { requireCachePoints, requireHonoured } from './require-honoured.ts';
import { sentTurns, toMessages, toSystem } from './to-content.ts';
import { takesNoLimit, thoughtTokens, toReasoning } from './to-reasoning.ts';
import {
  allowedCalls,
  answerToolConfig,
  answerToolName,
  noCallsPrompt,
  offeredTools,
  ownChoiceFields,
  toToolConfig,
} from './to-tools.ts';

/** A request for Bedrock, and how its answer is to be read. */
export interface ConverseCall {
  request: ConverseRequest;
  /** The tool whose input is the whole answer, where the model gives JSON only that way. */
  answerTool: string | undefined;
  /** Whether JSON was requested by prompt: it may come in a code fence. */
  mayBeFenced: boolean;
  /** How many calls of tools the answer may hold. */
  calls: AllowedCalls;
  /** What has to be checked in the answer. */
  promised: Promised;
  /** As in `PreparedChat`. */
  ignored: readonly string[];
}

/** @throws DaypassError `invalid_request` or `unsupported_parameter` for what the model can't honour, by name */
export function toConverse(chat: ChatRequest, model: CatalogModel, settings: ChatSettings): ConverseCall {
  const { request: fitted, ignored } = fitToModel(chat, model);
  const request = { ...fitted, turns: sentTurns(fitted.turns, model) };
  requireHonoured(request, model);
  requireTier(request, settings);
  const maxTokens = outputLimit(request, model, settings);
  const format = chooseFormat(request, model);
  const byTool = format?.way === 'tool' ? format.format : undefined;
  const prompted = format?.way === 'prompt' ? format.format : undefined;
  const tools = byTool === undefined ? offeredTools(request.tools, request.turns) : undefined;
  const native = nativeSchemas({ format: request.format, tools }, model);
  const calls = allowedCalls(tools, model);
  const forced = byTool !== undefined || tools?.choice.type === 'any' || tools?.choice.type === 'tool';
  const reasoning = toReasoning(request, model, { maxTokens, forced });
  const instructions = [
    ...(calls === 'none' ? [noCallsPrompt] : []),
    ...(prompted === undefined ? [] : [schemaPrompt(prompted)]),
  ];
  const system = toSystem([...request.system, ...instructions], model);
  const toolConfig =
    byTool !== undefined
      ? answerToolConfig(byTool, model)
      : tools && toToolConfig(tools, model, native.tools);
  const output = { ...(format?.way === 'native' && toTextFormat(format)), ...reasoning.output };
  const additional = {
    ...reasoning.additional,
    ...topKFields(request, model),
    ...(tools !== undefined && ownChoiceFields(tools, model)),
  };
  const prompt = {
    ...(system.length > 0 && { system }),
    messages: toMessages(request.turns, model),
    ...(toolConfig !== undefined && { toolConfig }),
  };
  requireCachePoints(prompt, request.fieldNames.messages);
  return {
    request: {
      modelId: model.target,
      ...prompt,
      inferenceConfig: inferenceConfig(request, takesNoLimit(request, model) ? undefined : maxTokens),
      ...(isFilled(output) && { outputConfig: output }),
      ...(isFilled(additional) && { additionalModelRequestFields: additional }),
      ...stopSequenceFields(request, model),
      ...settingsFields(request, settings),
      ...(request.metadata !== undefined && { requestMetadata: { ...request.metadata } }),
    },
    answerTool: byTool === undefined ? undefined : answerToolName,
    mayBeFenced: prompted !== undefined,
    calls,
    ignored,
    promised: {
      format: format === undefined || vouchedFor(format) ? undefined : format.format,
      tools: (tools?.tools ?? []).filter((tool) => tool.strict && native.tools.get(tool) !== tool.schema),
    },
  };
}

/** A thinking budget is added to the default output limit. */
function outputLimit(request: ChatRequest, model: CatalogModel, settings: ChatSettings): number {
  const usual = settings.defaultMaxOutputTokens + thoughtTokens(request, model);
  return request.maxOutputTokens ?? Math.min(usual, model.maxOutputTokens);
}

function inferenceConfig(
  request: ChatRequest,
  maxTokens: number | undefined,
): ConverseRequest['inferenceConfig'] {
  const { temperature, topP, stopSequences } = request;
  return {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stopSequences.length > 0 && { stopSequences: [...stopSequences] }),
  };
}

function topKFields({ topK }: ChatRequest, { family }: CatalogModel): { [name: string]: Json } {
  if (topK === undefined) return {};
  return family === 'nova' ? { inferenceConfig: { topK } } : { top_k: topK };
}

/** A schema that the model got unchanged needs no check. */
function vouchedFor(format: FormatWay): boolean {
  return format.way === 'native' && format.schema === format.format.schema;
}

function toTextFormat({ format, schema }: Extract<FormatWay, { way: 'native' }>): {
  textFormat: ConverseTextFormat;
} {
  const { name, description } = format;
  const jsonSchema = {
    schema: JSON.stringify(schema),
    name,
    ...(description !== undefined && { description }),
  };
  return { textFormat: { type: 'json_schema', structure: { jsonSchema } } };
}

/** Claude reports the sequence it met when it is asked to. */
function stopSequenceFields({ stopSequences }: ChatRequest, { family }: CatalogModel) {
  const asks = family === 'claude' && stopSequences.length > 0;
  return asks ? { additionalModelResponseFieldPaths: ['/stop_sequence'] } : {};
}

/** What the settings add to every call. */
function settingsFields(request: ChatRequest, settings: ChatSettings) {
  const { guardrail } = settings;
  const tier = chooseTier(request, settings);
  return {
    ...(guardrail !== undefined && {
      guardrailConfig: {
        guardrailIdentifier: guardrail.id,
        guardrailVersion: guardrail.version,
        streamProcessingMode: guardrail.streamMode,
      },
    }),
    ...(tier !== 'default' && { serviceTier: { type: tier } }),
  };
}

function isFilled<Fields extends { [name: string]: unknown }>(fields: Fields): boolean {
  return Object.keys(fields).length > 0;
}
