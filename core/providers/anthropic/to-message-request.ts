import type { CatalogModel, ChatSettings } from '../../catalog.ts';
import type { Promised } from '../../chat/answer/require-promised.ts';
import type { AnswerFormat, ChatRequest, ReasoningRequest, ToolOffer } from '../../chat/chat.ts';
import { notTaken, unsupported } from '../../chat/request/refuse-field.ts';
import { begunAnswer } from '../../chat/request/turns.ts';
import { requireTier } from '../../chat/service-tiers.ts';
import { cacheControl, toMessages, toSystem } from './to-content.ts';

export interface MessageRequest {
  body: Record<string, unknown>;
  /** What the provider doesn't guarantee. */
  promised: Promised;
  /** As in `PreparedChat`. */
  ignored: readonly string[];
}

/** Budgets for efforts, where a model takes budgets alone. */
const budgetOfEffort = { minimal: 1024, low: 2048, medium: 8192, high: 16_384, xhigh: 32_768, max: 65_536 };

/** A chat in the words of Messages. @throws DaypassError for what the model can't honour, by name */
export function toMessageRequest(
  chat: ChatRequest,
  model: CatalogModel,
  settings: ChatSettings,
): MessageRequest {
  const { fieldNames, tools, format } = chat;
  requireTier(chat, settings);
  requireModelTakes(chat, model);
  const thinking = toThinking(chat, model);
  const usual = settings.defaultMaxOutputTokens + thinking.tokens;
  const limit = chat.maxOutputTokens ?? usual;
  const sampling = toSampling(chat, model, thinking.fields !== undefined);
  const isNative = format?.type === 'json-schema' && model.structuredOutput === 'native';
  const effort = thinking.effort === undefined ? {} : { effort: thinking.effort };
  const output = {
    ...effort,
    ...(isNative && { format: { type: 'json_schema', schema: format.schema } }),
  };
  const told = format !== undefined && !isNative ? [jsonPrompt(format)] : [];
  const system = toSystem([...chat.system, ...told.map((text) => ({ type: 'text' as const, text }))]);
  return {
    body: {
      model: model.target,
      max_tokens: Math.min(limit, model.maxOutputTokens),
      stream: true,
      messages: toMessages(chat),
      ...(system.length > 0 && { system }),
      ...sampling.fields,
      ...(chat.stopSequences.length > 0 && { stop_sequences: chat.stopSequences }),
      ...(tools !== undefined && toTools(tools)),
      ...(thinking.fields !== undefined && { thinking: thinking.fields }),
      ...(Object.keys(output).length > 0 && { output_config: output }),
    },
    promised: { format, tools: (tools?.tools ?? []).filter(({ strict }) => strict) },
    ignored: [
      ...((chat.maxOutputTokens ?? 0) > model.maxOutputTokens ? [fieldNames.maxOutputTokens] : []),
      ...(chat.metadata === undefined ? [] : ['metadata']),
      ...sampling.ignored,
      ...thinking.ignored,
    ],
  };
}

function requireModelTakes({ fieldNames, ...chat }: ChatRequest, model: CatalogModel): void {
  const { tools, format, stopSequences, turns } = chat;
  if (stopSequences.length > 0 && !model.takesStopSequences) throw notTaken(fieldNames.stopSequences, model);
  if (tools !== undefined && !model.accepts.includes('tools')) throw notTaken(fieldNames.tools, model);
  const forced = tools?.choice.type === 'any' || tools?.choice.type === 'tool';
  if (forced && !model.accepts.includes('tool-choice')) {
    throw unsupported(fieldNames.toolChoice, `'${model.name}' can't be made to call a tool.`);
  }
  if (format !== undefined && model.structuredOutput === 'none') {
    throw notTaken(fieldNames.format ?? 'format', model);
  }
  if (begunAnswer(turns) && !model.accepts.includes('prefill')) {
    throw unsupported(
      fieldNames.messages,
      `'${model.name}' can't go on with an answer that has begun: ${fieldNames.messages} must end with the user.`,
    );
  }
  const parts = turns.flatMap((turn) => turn.parts);
  const inner = parts.flatMap((part) => (part.type === 'tool-result' ? part.parts : []));
  for (const part of [...parts, ...inner]) {
    const input = part.type === 'image' ? 'images' : part.type === 'document' ? 'documents' : undefined;
    if (input !== undefined && !model.accepts.includes(input)) {
      throw unsupported(fieldNames.messages, `'${model.name}' takes no ${input}. Choose another model.`);
    }
  }
}

/** A value of 1 asks for nothing. Claude takes 0 to 1, and no sampling while it thinks. */
function toSampling(
  { temperature, topP, topK, fieldNames }: ChatRequest,
  model: CatalogModel,
  thinks: boolean,
) {
  if (temperature !== undefined && temperature > 1) {
    throw unsupported(fieldNames.temperature, `'${model.name}' takes ${fieldNames.temperature} from 0 to 1.`);
  }
  const given = [
    ['temperature', temperature, fieldNames.temperature],
    ['top_p', topP, fieldNames.topP],
    ['top_k', topK, fieldNames.topK ?? 'top_k'],
  ] as const;
  const set = given.filter(([, value]) => value !== undefined);
  const needless = set.filter(([field, value]) => field !== 'top_k' && value === 1);
  const meant = set.filter((one) => !needless.includes(one));
  if (meant.length > 0 && (model.sampling === 'none' || thinks)) {
    throw notTaken(meant[0]?.[2] ?? '', model);
  }
  if (
    model.sampling === 'one' &&
    meant.some(([f]) => f === 'top_p') &&
    meant.some(([f]) => f === 'temperature')
  ) {
    throw unsupported(
      fieldNames.topP,
      `'${model.name}' takes ${fieldNames.temperature} or ${fieldNames.topP}, not both. Leave one out.`,
    );
  }
  return {
    fields: Object.fromEntries(meant.map(([field, value]) => [field, value])),
    ignored: needless.map(([, , name]) => name),
  };
}

function toTools({ tools, choice, single }: ToolOffer) {
  const alone = single ? { disable_parallel_tool_use: true } : {};
  return {
    tools: tools.map(({ name, description, schema, cached }) => ({
      name,
      ...(description !== undefined && { description }),
      input_schema: schema,
      ...(cached && cacheControl(cached)),
    })),
    tool_choice: choice.type === 'none' ? choice : { ...choice, ...alone },
  };
}

function jsonPrompt(format: AnswerFormat): string {
  const schema = format.type === 'json' ? { type: 'object' } : format.schema;
  return `Your whole answer must be one JSON value that is valid by the JSON Schema below. Write nothing before or after it, and no code fence around it.\n<json_schema>${JSON.stringify(schema)}</json_schema>`;
}

/** A budget is added to the usual output limit. */
function toThinking({ reasoning, fieldNames, maxOutputTokens }: ChatRequest, model: CatalogModel) {
  const nothing = { fields: undefined, effort: undefined, tokens: 0, ignored: [] as string[] };
  if (reasoning === undefined) return nothing;
  if (model.reasoning === 'none') {
    if (reasoning.type === 'off') return nothing;
    if (reasoning.type === 'adaptive') return { ...nothing, ignored: [fieldNames.reasoning] };
    throw notTaken(fieldNames.reasoning, model);
  }
  if (reasoning.type === 'off') {
    if (model.reasoning === 'always') {
      throw unsupported(fieldNames.reasoning, `'${model.name}' always thinks before it answers.`);
    }
    return { ...nothing, fields: { type: 'disabled' } };
  }
  const takesBudget = model.reasoning === 'budget' || model.reasoning === 'both';
  if (reasoning.type === 'budget' && takesBudget) return withBudget(reasoning.tokens);
  if (model.reasoning === 'budget') return withBudget(roomFor(reasoning, maxOutputTokens));
  return { ...nothing, fields: { type: 'adaptive' }, effort: effortOf(reasoning) };

  function withBudget(tokens: number) {
    return { ...nothing, fields: { type: 'enabled', budget_tokens: tokens }, tokens };
  }
}

/** Less than the limit, which a budget counts against, and no less than Claude takes. */
function roomFor(reasoning: ReasoningRequest, limit: number | undefined): number {
  const wanted = budgetOfEffort[effortOf(reasoning) ?? 'medium'];
  return limit === undefined ? wanted : Math.max(1024, Math.min(wanted, Math.floor(limit / 2)));
}

function effortOf(reasoning: ReasoningRequest) {
  if (reasoning.type === 'budget') {
    return reasoning.tokens <= 2048 ? 'low' : reasoning.tokens <= 8192 ? 'medium' : 'high';
  }
  return reasoning.effort === 'minimal' ? 'low' : reasoning.effort;
}
