import type { ToolChoice, ToolOffer } from '../chat.ts';
import { requireToolOffer } from '../request/require-tool-offer.ts';

/** A function as OpenAI's two APIs describe it. */
export interface OfferedFunction {
  name: string;
  description?: string | null | undefined;
  parameters?: Record<string, unknown> | null | undefined;
  strict?: boolean | null | undefined;
}

/** A function without parameters takes an empty object; models want that stated. */
const noParameters = { type: 'object', properties: {} };

/** @throws DaypassError `invalid_request` for a choice without tools, or for two tools of one name */
export function toToolOffer(
  functions: readonly OfferedFunction[],
  choice: 'none' | 'auto' | 'required' | { name: string } | null | undefined,
  { parallel_tool_calls: parallel }: { parallel_tool_calls?: boolean | null | undefined },
): ToolOffer | undefined {
  const tools = functions.map(({ name, description, parameters, strict }) => ({
    name,
    description: description ?? undefined,
    schema: parameters ?? noParameters,
    strict: strict === true,
  }));
  return requireToolOffer({ tools, choice: toChoice(choice), single: parallel === false }, choice);
}

function toChoice(choice: Parameters<typeof toToolOffer>[1]): ToolChoice {
  if (typeof choice === 'object' && choice !== null) return { type: 'tool', name: choice.name };
  if (choice === 'none') return { type: 'none' };
  return choice === 'required' ? { type: 'any' } : { type: 'auto' };
}
