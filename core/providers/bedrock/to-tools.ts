import type { CatalogModel } from '../../catalog.ts';
import type { AllowedCalls } from '../../chat/answer/limit-calls.ts';
import type { AnswerFormat, ChatTool, ChatTurn, SystemPart, ToolChoice, ToolOffer } from '../../chat/chat.ts';
import type { ConverseRequest, ConverseTool, ConverseToolChoice, Json } from './converse-shapes.ts';
import { flatSchema } from './flat-schema.ts';
import type { NativeSchemas } from './native-schemas.ts';
import { cachePoint } from './to-content.ts';

type ToolConfig = NonNullable<ConverseRequest['toolConfig']>;

/** The tool of a model that can give JSON only as a tool's input. */
export const answerToolName = 'json_answer';

export function toToolConfig(
  offer: ToolOffer,
  model: CatalogModel,
  native: NativeSchemas['tools'],
): ToolConfig {
  const toolChoice = usesOwnField(offer, model) ? undefined : toolChoiceOf(offer.choice);
  return {
    tools: offer.tools.flatMap((tool) => [toTool(tool, model, native.get(tool)), ...afterTool(tool, model)]),
    ...(toolChoice !== undefined && { toolChoice }),
  };
}

/** The one tool that a model without native structured output must call, so that its input is the answer. */
export function answerToolConfig(format: AnswerFormat, model: CatalogModel): ToolConfig {
  const schema = format.type === 'json' ? {} : (toolSchema(format, model) ?? format.schema);
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

/**
 * A tool's schema as the model takes it: Claude's have no `anyOf`, `oneOf` or `allOf` at the top.
 * @returns undefined where no schema that it takes says the same
 */
export function toolSchema(
  { schema }: Pick<ChatTool, 'schema'>,
  { family }: CatalogModel,
): ChatTool['schema'] | undefined {
  return family === 'claude' ? flatSchema(schema) : schema;
}

/**
 * The tools to offer. Those that must not be called are left out, unless earlier turns hold calls: Bedrock then requires a
 * list, even of a caller who no longer offers any.
 */
export function offeredTools(
  tools: ToolOffer | undefined,
  turns: readonly ChatTurn[],
): ToolOffer | undefined {
  const parts = turns.flatMap((turn) => turn.parts);
  const called = parts.flatMap((part) => (part.type === 'tool-call' ? [part.name] : []));
  if (tools === undefined && called.length > 0) {
    const names = [...new Set(called)];
    return {
      tools: names.map((name) => ({ name, schema: { type: 'object' }, strict: false })),
      choice: { type: 'none' },
      single: false,
    };
  }
  return tools?.choice.type === 'none' && called.length === 0 ? undefined : tools;
}

/** What the answer's reader has to see to, since only Claude can be told. */
export function allowedCalls(offer: ToolOffer | undefined, { family }: CatalogModel): AllowedCalls {
  if (offer === undefined || family === 'claude') return 'any';
  if (offer.choice.type === 'none') return 'none';
  return offer.single ? 'one' : 'any';
}

/** For models that can't be kept from calling tools: what they call is left out of the answer. */
export const noCallsPrompt: SystemPart = {
  type: 'text',
  text: 'Tools are listed because of earlier calls alone. Call none of them in this answer.',
};

function usesOwnField({ single, choice }: ToolOffer, { family }: CatalogModel): boolean {
  return family === 'claude' && (single || choice.type === 'none');
}

function toolChoiceOf(choice: ToolChoice): ConverseToolChoice | undefined {
  if (choice.type === 'tool') return { tool: { name: choice.name } };
  return choice.type === 'any' ? { any: {} } : undefined;
}

function toTool(tool: ChatTool, model: CatalogModel, native: ChatTool['schema'] | undefined): ConverseTool {
  const { name, description } = tool;
  return {
    toolSpec: {
      name,
      ...(description !== undefined && description !== '' && { description }),
      inputSchema: { json: (native ?? toolSchema(tool, model) ?? tool.schema) as Json },
      ...(native !== undefined && { strict: true }),
    },
  };
}

/** Only Claude caches tools (Bedrock user guide, prompt caching). */
function afterTool({ cached }: ChatTool, model: CatalogModel): ConverseTool[] {
  return cached === undefined || model.family !== 'claude' ? [] : cachePoint(cached, model);
}
