import type { ChatSettings } from '../../catalog.ts';
import type { CountTokensBody, MessageBody } from '../../contract/chat/message-request.ts';
import type {
  AnswerFormat,
  ChatRequest,
  FieldNames,
  ReasoningRequest,
  SystemPart,
  ToolChoice,
  ToolOffer,
} from '../chat.ts';
import { leaveOutHosted } from '../request/leave-out-hosted.ts';
import { requireCounts } from '../request/refuse-field.ts';
import { requireToolOffer } from '../request/require-tool-offer.ts';
import { toMetadata } from '../request/to-metadata.ts';
import { cachePointOf, createTurns } from '../request/turns.ts';
import { omitsThought } from './omitted-thought.ts';
import { toParts } from './to-parts.ts';

/** Anthropic's request in the neutral model. @throws DaypassError that names the field */
export function toChatRequest(body: MessageBody, settings: ChatSettings): ChatRequest {
  const asked = toAskedRequest(body, settings);
  const { metadata, ignored = [] } = toMetadata({ user_id: body.metadata?.user_id });
  return {
    ...asked,
    maxOutputTokens: body.max_tokens,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    topK: body.top_k ?? undefined,
    stopSequences: body.stop_sequences ?? [],
    serviceTier: body.service_tier === 'standard_only' ? 'default' : undefined,
    metadata,
    ignored: [...(asked.ignored ?? []), ...ignored],
  };
}

/** The fields that count_tokens has too. @throws DaypassError that names the field */
export function toAskedRequest(body: CountTokensBody | MessageBody, settings: ChatSettings): ChatRequest {
  requireCounts({ messages: body.messages, tools: body.tools ?? [] }, settings);
  return {
    model: body.model,
    ...readMessages(body),
    stopSequences: [],
    ...readTools(body),
    format: toFormat(body),
    reasoning: toReasoning(body),
    fieldNames: body.output_config?.format || !body.output_format ? fieldNames : olderNames,
  };
}

function readMessages({ system, messages, cache_control: lastCached }: CountTokensBody) {
  const turns = createTurns('messages');
  turns.instruct(toSystem(system));
  for (const [at, { role, content }] of messages.entries()) {
    if (role === 'system') {
      const texts = typeof content === 'string' ? content : content.filter((block) => block.type === 'text');
      turns.instruct(toSystem(texts));
    } else {
      const path = `messages.${at}.content`;
      turns.add(role, toParts(content, path), ({ id }) => `${path}.${blockOf(id, content)}`);
    }
  }
  turns.cache(cachePointOf(lastCached));
  return turns.finish();
}

/** Where a tool's call or result is: the last one of an id, since that is the one too many. */
function blockOf(id: string, content: CountTokensBody['messages'][number]['content']): number {
  const blocks = typeof content === 'string' ? [] : content;
  return blocks.findLastIndex(
    (block) =>
      (block.type === 'tool_use' && block.id === id) ||
      (block.type === 'tool_result' && block.tool_use_id === id),
  );
}

type TextBlocks = Extract<CountTokensBody['system'], unknown[]>;

function toSystem(system: string | TextBlocks | null | undefined): SystemPart[] {
  if (system === null || system === undefined) return [];
  if (typeof system === 'string') return system.trim() === '' ? [] : [{ type: 'text', text: system }];
  return system.flatMap(({ text, cache_control: cached }): SystemPart[] =>
    text.trim() === '' ? [] : [{ type: 'text', text }, ...cachePointOf(cached)],
  );
}

function readTools({ tools, tool_choice: choice }: CountTokensBody) {
  const own = (tools ?? []).filter((tool) => isOwn(tool));
  const offer: ToolOffer = {
    tools: own.map(({ name, description, input_schema: schema, strict, cache_control: cached }) => ({
      name,
      description: description ?? undefined,
      schema,
      strict: strict === true,
      ...(cached && { cached: { lifetime: cached.ttl ?? undefined } }),
    })),
    choice: toChoice(choice),
    single: choice?.type !== 'none' && choice?.disable_parallel_tool_use === true,
  };
  const ignored = leaveOutHosted(tools ?? [], (tool) => !isOwn(tool), {
    offered: own,
    free: offer.choice.type === 'auto' || offer.choice.type === 'none',
  });
  return { tools: requireToolOffer(offer, choice), ...(ignored.length > 0 && { ignored }) };
}

type Tool = NonNullable<CountTokensBody['tools']>[number];

function isOwn(tool: Tool): tool is Extract<Tool, { input_schema: unknown }> {
  return tool.type === undefined || tool.type === null || tool.type === 'custom';
}

function toChoice(choice: CountTokensBody['tool_choice']): ToolChoice {
  if (choice === null || choice === undefined) return { type: 'auto' };
  return choice.type === 'tool' ? { type: 'tool', name: choice.name } : { type: choice.type };
}

function toFormat({
  output_config: output,
  output_format: older,
}: CountTokensBody): AnswerFormat | undefined {
  const schema = (output?.format ?? older)?.schema;
  return schema === undefined ? undefined : { type: 'json-schema', name: 'answer', schema };
}

function toReasoning({ thinking, output_config: output }: CountTokensBody): ReasoningRequest | undefined {
  const effort = output?.effort ?? undefined;
  switch (thinking?.type) {
    case 'disabled':
      return { type: 'off', effort };
    case 'enabled':
      return { type: 'budget', tokens: thinking.budget_tokens, effort };
    case 'between_tools':
      return { type: 'between-tools', effort };
    case 'adaptive':
      return { type: 'adaptive', effort, hidden: omitsThought(thinking) };
    default:
      return effort === undefined ? undefined : { type: 'effort', effort };
  }
}

export const fieldNamesOf = () => fieldNames;

const fieldNames: FieldNames = {
  maxOutputTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop_sequences',
  tools: 'tools',
  toolChoice: 'tool_choice',
  toolSchema: 'input_schema',
  format: 'output_config.format',
  reasoning: 'thinking',
  effort: 'output_config.effort',
  serviceTier: 'service_tier',
  messages: 'messages',
};
const olderNames: FieldNames = { ...fieldNames, format: 'output_format' };
