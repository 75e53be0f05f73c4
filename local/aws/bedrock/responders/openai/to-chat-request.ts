import { modelFamily } from '../../models/model-family.ts';
import { textOf } from '../../request/content.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { offeredTools } from '../tool-choice.ts';
import { toChatMessages } from './to-chat-messages.ts';

/**
 * Stop sequences aren't passed on: OpenAI's `finish_reason` doesn't distinguish one from a natural end, so the text is
 * scanned here and the server's generation aborted at the first.
 */
export function toChatRequest(request: ConverseRequest, model: string) {
  const { additionalFields, inference, messages, modelId, output, system } = request;
  const effort = additionalFields.reasoning_effort ?? output.effort;
  return {
    model,
    messages: [
      ...system.flatMap((block) => {
        const content = block.kind === 'cachePoint' ? undefined : textOf(block);
        return content === undefined ? [] : [{ role: 'system', content }];
      }),
      ...messages.flatMap(toChatMessages),
    ],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: inference.maxTokens,
    temperature: inference.temperature,
    top_p: inference.topP,
    ...toToolFields(request),
    ...(output.schema === undefined
      ? {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', strict: true, schema: output.schema },
          },
        }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
    // OpenAI's own models on Bedrock take the rest of OpenAI's fields here.
    ...(modelFamily(modelId) === 'gpt-oss' ? additionalFields : {}),
  };
}

function toToolFields(request: ConverseRequest) {
  if (request.toolConfig === undefined) return {};
  const { tools: offered, choice, single } = offeredTools(request);
  const tools = offered.map(({ description, inputSchema, name, strict }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema, ...(strict ? { strict } : {}) },
  }));
  const fields = { tools, ...(single ? { parallel_tool_calls: false } : {}) };
  if (choice.kind === 'auto') return fields;
  if (choice.kind === 'none') return { ...fields, tool_choice: 'none' };
  if (choice.kind === 'any') return { ...fields, tool_choice: 'required' };
  return { ...fields, tool_choice: { type: 'function', function: { name: choice.name } } };
}
