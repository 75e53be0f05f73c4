import type { ChatTool, ToolOffer } from '../chat.ts';
import { invalid } from './refuse-field.ts';

/**
 * The offer, or undefined without tools. Every schema says that the input is an object, since models demand it.
 * @param written the dialect's own choice, as the caller wrote it
 * @throws DaypassError `invalid_request` for a choice without tools, two tools of one name, or another input
 */
export function requireToolOffer(offer: ToolOffer, written: unknown): ToolOffer | undefined {
  const names = offer.tools.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    throw invalid('tools', `tools holds two tools with the name '${twice}'. Give each its own.`);
  if (names.length > 0) return { ...offer, tools: offer.tools.map(withObjectInput) };
  if (
    written === undefined ||
    written === null ||
    offer.choice.type === 'none' ||
    offer.choice.type === 'auto'
  ) {
    return undefined;
  }
  throw invalid(
    'tool_choice',
    'tool_choice asks for a tool, but tools has none. Offer one, or leave tool_choice out.',
  );
}

function withObjectInput(tool: ChatTool): ChatTool {
  const { name, schema } = tool;
  if (schema.type === 'object') return tool;
  if (schema.type === undefined) return { ...tool, schema: { ...schema, type: 'object' } };
  throw invalid('tools', `The schema of '${name}' in tools must have the type 'object'.`);
}
