import type { ResponseBody } from '../../contract/chat/response-request.ts';
import { promptTokens, type TokenUsage } from '../../metering/token-usage.ts';
import { foldAnswer } from '../answer/folded-answer.ts';
import type { ChatEvent, StopReason } from '../chat.ts';
import type { AnswerHead } from '../dialect.ts';
import { type OutputItem, toOutputItem } from './output-items.ts';
import { incompleteReason, itemStatus } from './stop-reason.ts';

/** A whole answer folded from its events. */
export function toResponse(head: AnswerHead, events: readonly ChatEvent[], body: ResponseBody) {
  const { parts, reason, usage } = foldAnswer(events);
  const output = parts.map((part, at) =>
    toOutputItem(head, body, part, at, itemStatus(reason, at === parts.length - 1)),
  );
  return endResponse(openResponse(head, body), output, reason, usage);
}

/** A response before its first output: what a stream begins with. */
export function openResponse(head: AnswerHead, body: ResponseBody) {
  return {
    id: `resp_${head.answerId}`,
    object: 'response' as const,
    created_at: head.created,
    status: 'in_progress' as const,
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model: head.model,
    output: [] as OutputItem[],
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: body.reasoning?.effort ?? null, summary: body.reasoning?.summary ?? null },
    store: false as const,
    temperature: body.temperature ?? null,
    text: { format: body.text?.format ?? { type: 'text' as const } },
    tool_choice: body.tool_choice ?? ('auto' as const),
    tools: (body.tools ?? []).map(shownTool),
    top_p: body.top_p ?? null,
    truncation: 'disabled' as const,
    metadata: body.metadata ?? {},
    usage: null,
  };
}

export function endResponse(
  open: ReturnType<typeof openResponse>,
  output: readonly OutputItem[],
  reason: StopReason,
  usage: TokenUsage,
) {
  const missing = incompleteReason(reason);
  return {
    ...open,
    status: missing === undefined ? ('completed' as const) : ('incomplete' as const),
    incomplete_details: missing === undefined ? null : { reason: missing },
    output,
    usage: toResponseUsage(usage),
  };
}

type ShownTool = NonNullable<ResponseBody['tools']>[number];

/** A function with all its fields, as OpenAI's clients expect; other tools as they came. */
function shownTool(tool: ShownTool): Record<string, unknown> {
  if (tool.type !== 'function') return tool;
  const { type, name, description = null, parameters = null, strict } = tool;
  return { type, name, description, parameters, strict: strict ?? false };
}

export function toResponseUsage(usage: TokenUsage) {
  const input = promptTokens(usage);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cachedInput, cache_write_tokens: usage.cacheWriteInput },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + usage.output,
  };
}
