import type { ChatSettings } from '../../catalog.ts';
import type { ResponseBody, ResponseItem } from '../../contract/chat/response-request.ts';
import type { AnswerFormat, ChatRequest, FieldNames, TextPart } from '../chat.ts';
import { parseArguments, toReasoningRequest, toSharedFields } from '../openai/to-neutral-fields.ts';
import { requireCounts } from '../request/refuse-field.ts';
import { createTurns } from '../request/turns.ts';
import { toReasoningPart } from './reasoning-item.ts';
import { toParts } from './to-parts.ts';
import { flatName, flatTools, readTools } from './tools.ts';

/** OpenAI's Responses request in the neutral model. @throws DaypassError that names the field */
export function toChatRequest(body: ResponseBody, settings: ChatSettings): ChatRequest {
  const items: readonly ResponseItem[] =
    typeof body.input === 'string' ? [{ type: 'message', role: 'user', content: body.input }] : body.input;
  requireCounts({ messages: items, tools: flatTools(body) }, settings, 'input');
  const shared = toSharedFields(body);
  const { tools, ignored } = readTools(body);
  return {
    ...shared,
    ignored: [...(shared.ignored ?? []), ...ignored],
    ...readItems(items, body.instructions ?? ''),
    maxOutputTokens: body.max_output_tokens ?? undefined,
    stopSequences: [],
    tools,
    format: toFormat(body),
    reasoning: toReasoningRequest(body.reasoning?.effort),
    fieldNames,
  };
}

function readItems(items: readonly ResponseItem[], instructions: string) {
  const turns = createTurns('input');
  turns.instruct([{ type: 'text', text: instructions }]);
  for (const [at, item] of items.entries()) {
    const path = `input.${at}`;
    if ('role' in item) addMessage(item, path);
    else if (item.type === 'reasoning') turns.add('assistant', toReasoningPart(item));
    else if (item.type === 'item_reference') continue;
    else if (item.type === 'function_call') {
      const input = parseArguments(item.arguments);
      const call = { type: 'tool-call', id: item.call_id, name: flatName(item), input } as const;
      turns.add('assistant', [call], () => path);
    } else {
      const all = toParts(item.output, `${path}.output`);
      const parts = notBlank(all.filter((part) => part.type !== 'cache-point'));
      // A tool's result is cached as a whole: there are no cache points inside.
      const point = all.findLast((part) => part.type === 'cache-point');
      const result = { type: 'tool-result', id: item.call_id, failed: false, parts } as const;
      turns.add('user', [result, ...(point === undefined ? [] : [point])], () => path);
    }
  }
  return turns.finish();

  function addMessage({ role, content }: Extract<ResponseItem, { role: unknown }>, path: string) {
    const parts = toParts(content, `${path}.content`);
    if (role === 'user' || role === 'assistant') turns.add(role, parts);
    else {
      const taken = parts.filter((part) => part.type === 'text' || part.type === 'cache-point');
      turns.instruct(taken);
    }
  }
}

function notBlank<Part extends { type: string }>(parts: readonly (Part | TextPart)[]): (Part | TextPart)[] {
  return parts.filter((part) => !('text' in part) || part.text.trim() !== '');
}

function toFormat({ text }: ResponseBody): AnswerFormat | undefined {
  const format = text?.format;
  if (format?.type === 'json_object') return { type: 'json' };
  if (format?.type !== 'json_schema') return undefined;
  const { name, description, schema } = format;
  return { type: 'json-schema', name, description: description ?? undefined, schema };
}

export const fieldNamesOf = () => fieldNames;

const fieldNames: FieldNames = {
  maxOutputTokens: 'max_output_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop',
  tools: 'tools',
  toolChoice: 'tool_choice',
  toolSchema: 'parameters',
  format: 'text.format',
  reasoning: 'reasoning.effort',
  serviceTier: 'service_tier',
  messages: 'input',
};
