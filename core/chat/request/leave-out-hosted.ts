import type { ChatTool } from '../chat.ts';
import { unsupported } from './refuse-field.ts';

/**
 * Leaves out the tools that an API's own service would run, where the model may do without them.
 * @param isHosted of the list that the caller sent
 * @param free whether the model may call any tool, or none
 * @returns their names for the header of ignored fields
 * @throws DaypassError naming the first where it may be the one that is wanted
 */
export function leaveOutHosted<Tool extends { type?: string | null | undefined }>(
  tools: readonly Tool[],
  isHosted: (tool: Tool) => boolean,
  { offered, free }: { offered: readonly Pick<ChatTool, 'name'>[]; free: boolean },
): string[] {
  const first = tools.find(isHosted);
  if (first !== undefined && (offered.length === 0 || !free)) {
    const field = `tools.${tools.indexOf(first)}.type`;
    throw unsupported(
      field,
      `${field}: tools of type '${first.type}' can't be run here. Offer tools of your own; beside those, it is left out if tool_choice is 'auto'.`,
    );
  }
  return tools.filter(isHosted).map(({ type }) => `tools[].${type}`);
}
