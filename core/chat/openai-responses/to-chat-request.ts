import type { ChatSettings } from '../../catalog.ts';
import type { ResponseBody, ResponseItem } from '../../contract/response-request.ts';
import type {
  AnswerFormat,
  ChatRequest,
  FieldNames,
  SystemPart,
  TextPart,
  ToolChoice,
  ToolOffer,
} from '../chat.ts';
import { toReasoningWish } from '../openai-chat/reasoning-effort.ts';
import { parseArguments } from '../parse-arguments.ts';
import { requireCounts } from '../require-counts.ts';
import { requireToolOffer } from '../require-tool-offer.ts';
import { createTurns } from '../turns.ts';
import { toParts } from './item-parts.ts';
import { toReasoningPart } from './reasoning-item.ts';

/** OpenAI's Responses request in the neutral model. @throws DaypassError that names the field */
export function toChatRequest(body: ResponseBody, settings: ChatSettings): ChatRequest {
  const items: readonly ResponseItem[] =
    typeof body.input === 'string' ? [{ type: 'message', role: 'user', content: body.input }] : body.input;
  requireCounts({ messages: items, tools: body.tools ?? [] }, settings, 'input');
  const metadata = metadataOf(body);
  return {
    model: body.model,
    ...readItems(items, body.instructions ?? ''),
    maxOutputTokens: body.max_output_tokens ?? undefined,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    stopSequences: [],
    tools: toToolOffer(body),
    format: toFormat(body),
    reasoning: toReasoningWish(body.reasoning?.effort),
    serviceTier: body.service_tier === 'auto' ? undefined : (body.service_tier ?? undefined),
    metadata,
    fieldNames,
  };
}

function readItems(items: readonly ResponseItem[], instructions: string) {
  const system: SystemPart[] = instructions.trim() === '' ? [] : [{ type: 'text', text: instructions }];
  const turns = createTurns('input');
  for (const [at, item] of items.entries()) {
    const path = `input.${at}`;
    if ('role' in item) addMessage(item, path);
    else if (item.type === 'reasoning') turns.add('assistant', toReasoningPart(item));
    else if (item.type === 'function_call') {
      const input = parseArguments(item.arguments, `${path}.arguments`);
      turns.add('assistant', [{ type: 'tool-call', id: item.call_id, name: item.name, input }]);
    } else {
      const all = toParts(item.output, `${path}.output`);
      const parts = notBlank(all.filter((part) => part.type !== 'cache-point'));
      // A tool's result is cached as a whole: Bedrock takes no cache point within.
      const point = all.findLast((part) => part.type === 'cache-point');
      const result = { type: 'tool-result', id: item.call_id, failed: false, parts } as const;
      turns.add('user', [result, ...(point === undefined ? [] : [point])]);
    }
  }
  return { system, turns: turns.finish() };

  function addMessage({ role, content }: Extract<ResponseItem, { role: unknown }>, path: string) {
    const parts = toParts(content, `${path}.content`);
    if (role === 'user' || role === 'assistant') turns.add(role, parts);
    else {
      const told = parts.filter((part) => part.type === 'text' || part.type === 'cache-point');
      system.push(...notBlank(told));
    }
  }
}

function notBlank<Part extends { type: string }>(parts: readonly (Part | TextPart)[]): (Part | TextPart)[] {
  return parts.filter((part) => !('text' in part) || part.text.trim() !== '');
}

const noParameters = { type: 'object', properties: {} };

function toToolOffer(body: ResponseBody): ToolOffer | undefined {
  const tools = (body.tools ?? []).map(({ name, description, parameters, strict }) => ({
    name,
    description: description ?? undefined,
    schema: parameters ?? noParameters,
    strict: strict === true,
  }));
  const offer = { tools, choice: toChoice(body.tool_choice), single: body.parallel_tool_calls === false };
  return requireToolOffer(offer, body.tool_choice);
}

function toChoice(choice: ResponseBody['tool_choice']): ToolChoice {
  if (typeof choice === 'object' && choice !== null) return { type: 'tool', name: choice.name };
  if (choice === 'none') return { type: 'none' };
  return choice === 'required' ? { type: 'any' } : { type: 'auto' };
}

function toFormat({ text }: ResponseBody): AnswerFormat | undefined {
  const format = text?.format;
  if (format?.type === 'json_object') return { type: 'json' };
  if (format?.type !== 'json_schema') return undefined;
  const { name, description, schema } = format;
  return { type: 'json-schema', name, description, schema };
}

function metadataOf({ metadata, user, safety_identifier }: ResponseBody) {
  const entries = {
    ...metadata,
    ...(typeof user === 'string' && { user }),
    ...(typeof safety_identifier === 'string' && { safety_identifier }),
  };
  return Object.keys(entries).length === 0 ? undefined : entries;
}

const fieldNames: FieldNames = {
  maxOutputTokens: 'max_output_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  stopSequences: 'stop',
  tools: 'tools',
  toolChoice: 'tool_choice',
  parallelTools: 'parallel_tool_calls',
  format: 'text.format',
  reasoning: 'reasoning.effort',
  serviceTier: 'service_tier',
  messages: 'input',
};
