import type { ChatSettings } from '../../catalog.ts';
import type { ChatCompletionBody } from '../../contract/chat/chat-completion-request.ts';
import type { AnswerFormat, CachePoint, ChatRequest, FieldNames, TextPart } from '../chat.ts';
import { toReasoningRequest, toSharedFields, toToolOffer } from '../openai/to-neutral-fields.ts';
import { requireCounts } from '../request/refuse-field.ts';
import { cachePointOf, createTurns } from '../request/turns.ts';
import { toAssistantParts, toResultParts, toTextParts, toUserParts } from './to-parts.ts';

/** OpenAI's request in the neutral model. @throws DaypassError that names the field */
export function toChatRequest(body: ChatCompletionBody, settings: ChatSettings): ChatRequest {
  requireCounts({ messages: body.messages, tools: body.tools ?? [] }, settings);
  const { system, turns } = readMessages(body);
  const functions = (body.tools ?? []).map(({ function: offered, cache_control: cached }) => ({
    ...offered,
    cache_control: cached ?? offered.cache_control,
  }));
  const choice = body.tool_choice;
  return {
    ...toSharedFields(body),
    system,
    turns,
    maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    stopSequences: typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []),
    tools: toToolOffer(functions, typeof choice === 'object' ? choice?.function : choice, body),
    format: toFormat(body),
    reasoning: toReasoningRequest(body.reasoning_effort),
    fieldNames: fieldNamesOf(body),
  };
}

function readMessages(body: ChatCompletionBody) {
  const turns = createTurns('messages');
  for (const [at, message] of body.messages.entries()) {
    const place = `messages.${at}`;
    if (message.role === 'system' || message.role === 'developer') {
      const parts = [...speakerOf(message), ...toTextParts(message.content)];
      const point = parts.at(-1)?.type === 'text' ? cachePointOf(message.cache_control) : [];
      turns.instruct([...parts, ...point]);
    } else if (message.role === 'user') {
      const parts = [...speakerOf(message), ...toUserParts(message.content, `${place}.content`)];
      turns.add('user', [...parts, ...cachePointOf(message.cache_control)]);
    } else if (message.role === 'tool') {
      turns.add('user', [...toResultParts(message), ...cachePointOf(message.cache_control)], () => place);
    } else {
      const parts = [...speakerOf(message), ...toAssistantParts(message)];
      const callAt = (id: string) => message.tool_calls?.findLastIndex((call) => call.id === id);
      turns.add(
        'assistant',
        [...parts, ...cachePointOf(message.cache_control)],
        ({ id }) => `${place}.tool_calls.${callAt(id)}`,
      );
    }
  }
  if (body.prompt_cache_options?.mode !== 'implicit') return turns.finish();
  const point: CachePoint = {
    type: 'cache-point',
    lifetime: body.prompt_cache_options.ttl ? '1h' : undefined,
  };
  turns.cache([point]);
  const { system, turns: finished } = turns.finish();
  return { system: system.length > 0 ? [...system, point] : [], turns: finished };
}

/** Models have no field for a participant's name, so it becomes text. */
function speakerOf({ name }: { name?: string | null | undefined }): TextPart[] {
  return name === null || name === undefined || name.trim() === ''
    ? []
    : [{ type: 'text', text: `${name}:` }];
}

function toFormat({ response_format: format }: ChatCompletionBody): AnswerFormat | undefined {
  if (format?.type === 'json_object') return { type: 'json' };
  if (format?.type !== 'json_schema') return undefined;
  const { name, description, schema } = format.json_schema;
  return { type: 'json-schema', name, description: description ?? undefined, schema };
}

export function fieldNamesOf(body: { max_tokens?: unknown; max_completion_tokens?: unknown }): FieldNames {
  const usesOldLimit = typeof body.max_tokens === 'number' && typeof body.max_completion_tokens !== 'number';
  return {
    maxOutputTokens: usesOldLimit ? 'max_tokens' : 'max_completion_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    topK: 'top_k',
    stopSequences: 'stop',
    tools: 'tools',
    toolChoice: 'tool_choice',
    toolSchema: 'function.parameters',
    format: 'response_format',
    reasoning: 'reasoning_effort',
    serviceTier: 'service_tier',
    messages: 'messages',
  };
}
