import type { CatalogModel, ModelInput } from '../../catalog.ts';
import type { ChatPart, ChatRequest } from '../../chat/chat.ts';
import { invalid, notTaken, unsupported } from '../../chat/request/refuse-field.ts';
import { begunAnswer } from '../../chat/request/turns.ts';
import { requireFormat } from './choose-format.ts';
import type { CachePointBlock, ConverseRequest } from './converse-shapes.ts';
import { requireReasoning } from './require-reasoning.ts';
import { offeredTools, toolSchema } from './to-tools.ts';

/**
 * Refuses what a model can't honour before the call is charged and by the caller's own field names. Bedrock's refusal
 * would have neither.
 * @throws DaypassError `invalid_request` or `unsupported_parameter`
 */
export function requireHonoured(request: ChatRequest, model: CatalogModel): void {
  requireSampling(request, model);
  requireStops(request, model);
  requireInputs(request, model);
  requireEnd(request, model);
  requireTools(request, model);
  requireFormat(request, model);
  requireReasoning(request, model);
}

function requireSampling(request: ChatRequest, model: CatalogModel): void {
  const { temperature, topP, topK, fieldNames } = request;
  if (temperature !== undefined && temperature > 1) {
    throw invalid(
      fieldNames.temperature,
      `${fieldNames.temperature} must be between 0 and 1 for the models offered here.`,
    );
  }
  if (model.sampling === 'none' && temperature !== undefined) throw notTaken(fieldNames.temperature, model);
  if (model.sampling === 'none' && topP !== undefined) throw notTaken(fieldNames.topP, model);
  if (model.sampling === 'one' && temperature !== undefined && topP !== undefined) {
    throw unsupported(
      fieldNames.topP,
      `'${model.name}' takes ${fieldNames.temperature} or ${fieldNames.topP}, not both. Leave one out.`,
    );
  }
  const takesTopK = model.family === 'claude' || model.family === 'nova';
  if (topK !== undefined && (!takesTopK || model.sampling === 'none')) {
    throw notTaken(fieldNames.topK ?? 'top_k', model);
  }
}

function requireStops({ stopSequences, fieldNames }: ChatRequest, model: CatalogModel): void {
  if (stopSequences.length === 0) return;
  if (!model.takesStopSequences) throw notTaken(fieldNames.stopSequences, model);
  if (model.family === 'claude' && stopSequences.some((sequence) => sequence.trim() === '')) {
    throw invalid(
      fieldNames.stopSequences,
      `${fieldNames.stopSequences} must hold more than white space for '${model.name}'.`,
    );
  }
}

const inputOf: Partial<Record<ChatPart['type'], ModelInput>> = { image: 'images', document: 'documents' };

/** Images of one message (API reference, `Message`), and documents of all, as Bedrock's own refusal says. */
const most = { images: 20, documents: 5 };

function requireInputs({ turns, fieldNames }: ChatRequest, model: CatalogModel): void {
  const count = { images: 0, documents: 0 };
  for (const { parts } of turns) {
    const inner = parts.flatMap((part) => (part.type === 'tool-result' ? part.parts : []));
    count.images = 0;
    for (const { type } of [...parts, ...inner]) {
      const input = inputOf[type];
      if (input !== 'images' && input !== 'documents') continue;
      if (!model.accepts.includes(input)) {
        throw unsupported(fieldNames.messages, `'${model.name}' takes no ${input}. Choose another model.`);
      }
      count[input] += 1;
      if (count[input] > most[input]) {
        throw invalid(
          fieldNames.messages,
          `${fieldNames.messages} must hold at most ${most[input]} ${input}${input === 'images' ? ' in one turn' : ''}.`,
        );
      }
    }
  }
}

/** The beginning of the answer, given as the last message. */
function requireEnd({ turns, fieldNames }: ChatRequest, model: CatalogModel): void {
  if (!begunAnswer(turns)) return;
  if (!model.accepts.includes('prefill')) {
    throw unsupported(
      fieldNames.messages,
      `'${model.name}' can't go on with an answer that has begun: ${fieldNames.messages} must end with the user.`,
    );
  }
  const last = turns.at(-1)?.parts.findLast(({ type }) => type !== 'cache-point');
  if (model.family === 'claude' && last?.type === 'text' && last.text !== last.text.trimEnd()) {
    throw invalid(
      fieldNames.messages,
      `${fieldNames.messages} must not end with white space when the last one is the assistant's.`,
    );
  }
}

/** @throws DaypassError for tools, or a choice among them, that the model can't honour */
function requireTools({ tools, turns, fieldNames }: ChatRequest, model: CatalogModel): void {
  const offered = offeredTools(tools, turns);
  if (!model.accepts.includes('tools')) {
    if (tools !== undefined) throw notTaken(fieldNames.tools, model);
    if (offered === undefined) return;
    throw unsupported(
      fieldNames.messages,
      `'${model.name}' takes no tools, and ${fieldNames.messages} hold calls. Choose another model.`,
    );
  }
  for (const [at, tool] of (offered?.tools ?? []).entries()) {
    if (toolSchema(tool, model) !== undefined) continue;
    throw unsupported(
      [fieldNames.tools, at, fieldNames.toolSchema].join('.'),
      `'${model.name}' takes no tool whose schema has anyOf, oneOf or allOf at the top, as that of '${tool.name}'. Describe the properties there, or choose another model.`,
    );
  }
  if (tools === undefined) return;
  const { choice } = tools;
  if (choice.type === 'tool' && !tools.tools.some(({ name }) => name === choice.name)) {
    throw invalid(fieldNames.toolChoice, `${fieldNames.toolChoice} names a tool that is not in the list.`);
  }
  const forced = choice.type === 'any' || choice.type === 'tool';
  if (forced && !model.accepts.includes('tool-choice')) {
    throw unsupported(
      fieldNames.toolChoice,
      `'${model.name}' can't be made to call a tool. Let it choose, or choose another model.`,
    );
  }
}

/** Bedrock user guide, prompt caching. */
const mostCachePoints = 4;

/**
 * @param field the caller's name of the messages
 * @throws DaypassError `invalid_request` for more cache points than Bedrock takes, or in an order that it doesn't
 */
export function requireCachePoints(
  { toolConfig, system = [], messages }: Pick<ConverseRequest, 'toolConfig' | 'system' | 'messages'>,
  field: string,
): void {
  const blocks = [...(toolConfig?.tools ?? []), ...system, ...messages.flatMap(({ content }) => content)];
  const points = blocks.filter((block): block is CachePointBlock => 'cachePoint' in block);
  if (points.length > mostCachePoints) {
    throw invalid(field, `The request must set at most ${mostCachePoints} cache points.`);
  }
  const lifetimes = points.map(({ cachePoint }) => cachePoint.ttl ?? '5m');
  if (lifetimes.lastIndexOf('1h') > lifetimes.indexOf('5m') && lifetimes.includes('5m')) {
    throw invalid(field, 'Cache points that last an hour must stand before those that last five minutes.');
  }
}
