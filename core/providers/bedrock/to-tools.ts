import type { CatalogModel } from '../../catalog.ts';
import type { AnswerFormat, ChatTool, ToolChoice, ToolOffer } from '../../chat/chat.ts';
import { closedSchema, type Schema } from './closed-schema.ts';
import type { ConverseRequest, ConverseTool, ConverseToolChoice, Json } from './converse-shapes.ts';
import { cachePoint } from './to-content.ts';

type ToolConfig = NonNullable<ConverseRequest['toolConfig']>;

/** The tool of a model that can give JSON only as a tool's input. */
export const answerToolName = 'json_answer';

export function toToolConfig(offer: ToolOffer, model: CatalogModel): ToolConfig {
  const toolChoice = usesOwnField(offer, model) ? undefined : toolChoiceOf(offer.choice);
  return {
    tools: offer.tools.flatMap((tool) => [toTool(tool, model), ...afterTool(tool, model)]),
    ...(toolChoice !== undefined && { toolChoice }),
  };
}

/** The one tool that a model without native structured output must call, so that its input is the answer. */
export function answerToolConfig(format: AnswerFormat): ToolConfig {
  const schema = format.type === 'json' ? {} : format.schema;
  const described = format.type === 'json' ? undefined : format.description;
  return {
    tools: [
      {
        toolSpec: {
          name: answerToolName,
          description: described ?? 'Gives the answer. Its input is the whole answer.',
          inputSchema: { json: { ...schema, type: 'object' } as Json },
        },
      },
    ],
    toolChoice: { tool: { name: answerToolName } },
  };
}

/**
 * Converse can express neither "no call" nor "one call at a time". Claude has a field of its own for them, and refuses a
 * choice in both places.
 */
export function ownChoiceFields(offer: ToolOffer, model: CatalogModel): { [name: string]: Json } {
  if (!usesOwnField(offer, model)) return {};
  const { choice, single } = offer;
  const named = choice.type === 'tool' ? { name: choice.name } : {};
  const alone = single && choice.type !== 'none' ? { disable_parallel_tool_use: true } : {};
  return { tool_choice: { type: choice.type, ...named, ...alone } };
}

/** A strict tool's schema as the model's structured output takes it; undefined where it doesn't. */
export function nativeSchema({ schema }: Pick<ChatTool, 'schema'>, model: CatalogModel): Schema | undefined {
  if (model.structuredOutput !== 'native') return undefined;
  return model.family === 'claude' ? closedSchema(schema) : schema;
}

function usesOwnField({ single, choice }: ToolOffer, { family }: CatalogModel): boolean {
  return family === 'claude' && (single || choice.type === 'none');
}

function toolChoiceOf(choice: ToolChoice): ConverseToolChoice | undefined {
  if (choice.type === 'tool') return { tool: { name: choice.name } };
  return choice.type === 'any' ? { any: {} } : undefined;
}

function toTool(tool: ChatTool, model: CatalogModel): ConverseTool {
  const { name, description, schema } = tool;
  const native = tool.strict ? nativeSchema(tool, model) : undefined;
  return {
    toolSpec: {
      name,
      ...(description !== undefined && description !== '' && { description }),
      inputSchema: { json: (native ?? schema) as Json },
      ...(native !== undefined && { strict: true }),
    },
  };
}

/** Only Claude caches tools (Bedrock user guide, prompt caching). */
function afterTool({ cached }: ChatTool, model: CatalogModel): ConverseTool[] {
  return cached === undefined || model.family !== 'claude' ? [] : cachePoint(cached, model);
}
