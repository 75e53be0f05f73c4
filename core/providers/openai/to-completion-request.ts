import type { CatalogModel, ChatSettings, Upstream } from '../../catalog.ts';
import type { Promised } from '../../chat/answer/require-promised.ts';
import type { AnswerFormat, ChatRequest, ReasoningEffort, ToolOffer } from '../../chat/chat.ts';
import { notTaken, unsupported } from '../../chat/request/refuse-field.ts';
import { chooseTier, requireTier } from '../../chat/service-tiers.ts';
import { toMessages } from './to-messages.ts';

export interface CompletionRequest {
  body: Record<string, unknown>;
  /** What the provider doesn't guarantee. */
  promised: Promised;
  /** As in `PreparedChat`. */
  ignored: readonly string[];
}

interface Deps {
  upstream: Pick<Upstream, 'limitField'>;
  settings: ChatSettings;
}

/** OpenAI's own limit; others have none below it. */
const mostStops = 4;

/** A chat in the words of Chat Completions. @throws DaypassError for what the model can't honour, by name */
export function toCompletionRequest(
  chat: ChatRequest,
  model: CatalogModel,
  { upstream, settings }: Deps,
): CompletionRequest {
  const { fieldNames, tools, format, stopSequences } = chat;
  requireTier(chat, settings);
  if (chat.topK !== undefined) throw notTaken(fieldNames.topK ?? 'top_k', model);
  if (stopSequences.length > 0 && (!model.takesStopSequences || stopSequences.length > mostStops)) {
    throw unsupported(
      fieldNames.stopSequences,
      model.takesStopSequences
        ? `'${model.name}' takes at most ${mostStops} ${fieldNames.stopSequences}.`
        : `'${model.name}' does not take ${fieldNames.stopSequences}. Leave it out.`,
    );
  }
  if (tools !== undefined && !model.accepts.includes('tools')) throw notTaken(fieldNames.tools, model);
  const forced = tools?.choice.type === 'any' || tools?.choice.type === 'tool';
  if (forced && !model.accepts.includes('tool-choice')) throw notTaken(fieldNames.toolChoice, model);
  if (format !== undefined && model.structuredOutput === 'none') {
    throw notTaken(fieldNames.format ?? 'format', model);
  }
  const sampling = toSampling(chat, model);
  const reasoning = toReasoning(chat, model);
  const tier = chooseTier(chat, settings);
  const isTooLong = (chat.maxOutputTokens ?? 0) > model.maxOutputTokens;
  return {
    body: {
      model: model.target,
      messages: toMessages(chat, model),
      stream: true,
      stream_options: { include_usage: true },
      [upstream.limitField]: Math.min(
        chat.maxOutputTokens ?? settings.defaultMaxOutputTokens,
        model.maxOutputTokens,
      ),
      ...sampling.fields,
      ...(stopSequences.length > 0 && { stop: stopSequences }),
      ...(tools !== undefined && toTools(tools)),
      ...(format !== undefined && { response_format: toResponseFormat(format) }),
      ...reasoning.fields,
      ...(tier !== 'default' && { service_tier: tier }),
    },
    promised: {
      format,
      tools: (tools?.tools ?? []).filter((tool) => tool.strict && !isStrict(tool.schema)),
    },
    ignored: [
      ...(isTooLong ? [fieldNames.maxOutputTokens] : []),
      ...(chat.metadata === undefined ? [] : ['metadata']),
      ...sampling.ignored,
      ...reasoning.ignored,
    ],
  };
}

/** A temperature or top_p of 1 asks for nothing. */
function toSampling({ temperature, topP, fieldNames }: ChatRequest, model: CatalogModel) {
  const given = Object.entries({ temperature, top_p: topP }).filter(([, value]) => value !== undefined);
  if (model.sampling !== 'none') return { fields: Object.fromEntries(given), ignored: [] };
  const names = { temperature: fieldNames.temperature, top_p: fieldNames.topP };
  const ignored = given.map(([field, value]) => {
    const name = names[field as keyof typeof names];
    if (value !== 1) throw notTaken(name, model);
    return name;
  });
  return { fields: {}, ignored };
}

function toTools({ tools, choice, single }: ToolOffer) {
  return {
    tools: tools.map(({ name, description, schema, strict }) => ({
      type: 'function',
      function: {
        name,
        ...(description !== undefined && { description }),
        parameters: schema,
        ...(strict && isStrict(schema) && { strict: true }),
      },
    })),
    tool_choice: toToolChoice(choice),
    ...(single && { parallel_tool_calls: false }),
  };
}

function toToolChoice(choice: ToolOffer['choice']) {
  if (choice.type === 'tool') return { type: 'function', function: { name: choice.name } };
  return choice.type === 'any' ? 'required' : choice.type;
}

function toResponseFormat(format: AnswerFormat) {
  if (format.type === 'json') return { type: 'json_object' };
  const { name, description, schema } = format;
  return {
    type: 'json_schema',
    json_schema: {
      name,
      ...(description !== undefined && { description }),
      schema,
      ...(isStrict(schema) && { strict: true }),
    },
  };
}

/** Whether OpenAI takes a schema as strict: every object is closed and requires all that it has. */
function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, properties, required, additionalProperties } = schema as Record<string, unknown>;
  if (type === 'object' || properties !== undefined) {
    const names = Object.keys(properties ?? {});
    if (additionalProperties !== false || !Array.isArray(required)) return false;
    if (!names.every((name) => required.includes(name))) return false;
  }
  return Object.values(schema).every(isStrict);
}

/** Budgets of reasoning tokens as efforts, which are all that OpenAI has. */
const effortOfBudget: readonly (readonly [most: number, effort: ReasoningEffort])[] = [
  [2048, 'low'],
  [8192, 'medium'],
  [Number.POSITIVE_INFINITY, 'high'],
];

function toReasoning({ reasoning, fieldNames }: ChatRequest, model: CatalogModel) {
  const nothing = { fields: {}, ignored: [] as string[] };
  if (reasoning === undefined) return nothing;
  if (model.reasoning === 'none') {
    if (reasoning.type === 'off') return nothing;
    if (reasoning.type === 'adaptive') return { fields: {}, ignored: [fieldNames.reasoning] };
    throw notTaken(fieldNames.reasoning, model);
  }
  if (reasoning.type === 'off') return { fields: { reasoning_effort: 'none' }, ignored: [] };
  const budget = reasoning.type === 'budget' ? reasoning.tokens : undefined;
  const effort =
    reasoning.effort ?? effortOfBudget.find(([most]) => budget !== undefined && budget <= most)?.[1];
  return effort === undefined ? nothing : { fields: { reasoning_effort: effort }, ignored: [] };
}
