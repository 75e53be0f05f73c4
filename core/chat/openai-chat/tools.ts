import type { ChatCompletionBody } from '../../contract/chat-completion-request.ts';
import type { ToolChoice, ToolOffer } from '../chat.ts';
import { requireToolOffer } from '../require-tool-offer.ts';

/** A function without parameters takes an empty object; Bedrock wants that said. */
const noParameters = { type: 'object', properties: {} };

/** @throws DaypassError `invalid_request` for a choice without tools, or for two tools of one name */
export function toToolOffer(body: ChatCompletionBody): ToolOffer | undefined {
  const tools = (body.tools ?? []).map(({ function: { name, description, parameters, strict } }) => ({
    name,
    description,
    schema: parameters ?? noParameters,
    strict: strict === true,
  }));
  const offer = { tools, choice: toChoice(body.tool_choice), single: body.parallel_tool_calls === false };
  return requireToolOffer(offer, body.tool_choice);
}

function toChoice(choice: ChatCompletionBody['tool_choice']): ToolChoice {
  if (typeof choice === 'object' && choice !== null) return { type: 'tool', name: choice.function.name };
  if (choice === 'none') return { type: 'none' };
  return choice === 'required' ? { type: 'any' } : { type: 'auto' };
}
