import { failedConstraint, invalid, refusedByModel } from '../../errors.ts';
import type { ToolSpec } from '../../request/content.ts';
import { toolsOf } from '../../request/parse-tools.ts';
import { schemaProblem } from '../../request/validate-schema.ts';
import type { CheckedRequest } from '../checked-request.ts';
import { refusePattern } from './refuse-pattern.ts';

export function validateTools({
  messages,
  toolConfig,
}: Pick<CheckedRequest, 'messages' | 'toolConfig'>): void {
  if (toolConfig === undefined) {
    const blocks = messages.flatMap(({ content }) => content);
    if (blocks.some(({ kind }) => kind === 'toolUse' || kind === 'toolResult')) {
      throw invalid('The toolConfig field must be defined when using toolUse and toolResult content blocks.');
    }
    return;
  }
  if (toolConfig.entries.length === 0) {
    throw failedConstraint('toolConfig.tools', '[]', 'Member must have length greater than or equal to 1');
  }
  for (const [index, entry] of toolConfig.entries.entries()) {
    if (entry.kind === 'tool') validateTool(entry, index);
  }
  const names = toolsOf(toolConfig).map(({ name }) => name);
  if (new Set(names).size < names.length) throw refusedByModel('tools: Tool names must be unique.');
  const { choice } = toolConfig;
  if (choice.kind === 'tool' && !names.includes(choice.name)) {
    throw refusedByModel(`Tool '${choice.name}' not found in provided tools`);
  }
}

function validateTool(tool: ToolSpec, index: number): void {
  const path = `toolConfig.tools.${index}.toolSpec`;
  refusePattern(tool.name, `${path}.name`, '[a-zA-Z0-9_-]+');
  if (tool.description === '') {
    throw failedConstraint(`${path}.description`, '', 'Member must have length greater than or equal to 1');
  }
  if (schemaProblem(tool.inputSchema) !== undefined) {
    throw refusedByModel(
      `tools.${index}.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).`,
    );
  }
}
