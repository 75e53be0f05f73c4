import { DaypassError } from '../../errors.ts';
import type { ChatTool, ToolOffer } from '../chat.ts';

/**
 * The offer, or undefined without tools. Every schema says that the input is an object, since models demand it.
 * @param written the dialect's own choice, as the caller wrote it
 * @throws DaypassError `invalid_request` for a choice without tools, two tools of one name, or another input
 */
export function requireToolOffer(offer: ToolOffer, written: unknown): ToolOffer | undefined {
  const names = offer.tools.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new DaypassError('invalid_request', 'tools must not hold two tools of one name.', {
      param: 'tools',
    });
  }
  if (names.length > 0) return { ...offer, tools: offer.tools.map(withObjectInput) };
  if (
    written === undefined ||
    written === null ||
    offer.choice.type === 'none' ||
    offer.choice.type === 'auto'
  ) {
    return undefined;
  }
  throw new DaypassError('invalid_request', 'tool_choice asks for a tool, and tools holds none.', {
    param: 'tool_choice',
  });
}

function withObjectInput(tool: ChatTool): ChatTool {
  const { name, schema } = tool;
  if (schema.type === 'object') return tool;
  if (schema.type === undefined) return { ...tool, schema: { ...schema, type: 'object' } };
  throw new DaypassError(
    'invalid_request',
    `tools must have schemas of type object; that of '${name}' is not.`,
    {
      param: 'tools',
    },
  );
}
