import { refusedByModel } from '../../errors.ts';
import { isObject } from '../../json-fields.ts';
import { toolsOf } from '../../request/parse-tools.ts';
import type { CheckedRequest } from '../checked-request.ts';

/** Whether Converse's tool choice, or Claude's own field, forces a tool to be called. */
export function forcesTool({ additionalFields, toolConfig }: CheckedRequest): boolean {
  const own = additionalFields.tool_choice;
  const kind = isObject(own) ? own.type : undefined;
  return kind === 'any' || kind === 'tool' || (toolConfig !== undefined && toolConfig.choice.kind !== 'auto');
}

export function validateClaudeToolChoice(request: CheckedRequest): void {
  const { toolConfig, traits } = request;
  if (traits.family !== 'claude') return;
  if (!traits.toolChoices.includes('any') && forcesTool(request)) {
    throw refusedByModel('tool_choice: type "tool" and "any" are not supported for this model.');
  }
  const strict = toolsOf(toolConfig).findIndex((tool) => tool.strict);
  if (!traits.strictTools && strict !== -1) {
    throw refusedByModel(`tools.${strict}.custom.strict: Extra inputs are not permitted`);
  }
}

/** Text in tool results, which Bedrock itself doesn't check. White space alone is taken. */
export function validateClaudeText({ messages, traits }: Pick<CheckedRequest, 'messages' | 'traits'>): void {
  if (traits.family !== 'claude') return;
  const results = messages.flatMap(({ content }) => content).filter((block) => block.kind === 'toolResult');
  for (const part of results.flatMap(({ content }) => content)) {
    if (part.kind === 'text' && part.text === '') {
      throw refusedByModel('messages: text content blocks must be non-empty');
    }
  }
}
