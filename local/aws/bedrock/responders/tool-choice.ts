import { isObject } from '../json-fields.ts';
import { modelFamily } from '../models/model-family.ts';
import type { ToolChoice, ToolSpec } from '../request/content.ts';
import type { ConverseRequest } from '../request/converse-request.ts';
import { toolsOf } from '../request/parse-tools.ts';

/** The tools that may be called, and how: by Converse's choice, or by Claude's own field in its place. */
export function offeredTools({
  additionalFields,
  modelId,
  toolConfig,
}: Pick<ConverseRequest, 'additionalFields' | 'modelId' | 'toolConfig'>): {
  tools: ToolSpec[];
  choice: ToolChoice | { kind: 'none' };
  /** At most one call an answer. */
  single: boolean;
} {
  const tools = toolsOf(toolConfig);
  const own = modelFamily(modelId) === 'claude' ? additionalFields.tool_choice : undefined;
  if (!isObject(own)) return { tools, choice: toolConfig?.choice ?? { kind: 'auto' }, single: false };
  const single = own.disable_parallel_tool_use === true;
  if (own.type === 'tool') return { tools, choice: { kind: 'tool', name: String(own.name) }, single };
  return { tools, choice: { kind: own.type === 'any' || own.type === 'none' ? own.type : 'auto' }, single };
}
