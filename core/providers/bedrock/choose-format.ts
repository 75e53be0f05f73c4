import type { CatalogModel } from '../../catalog.ts';
import type { AnswerFormat, ChatRequest, SystemPart } from '../../chat/chat.ts';
import { notTaken, unsupported } from '../../chat/request/refuse-field.ts';
import { begunAnswer } from '../../chat/request/turns.ts';
import type { Schema } from './closed-schema.ts';
import { nativeSchemas } from './native-schemas.ts';
import { toolSchema } from './to-tools.ts';

/** How a model is made to answer in a format. What the model doesn't guarantee is checked in the answer. */
export type FormatWay =
  /** By structured output of its own. */
  | { way: 'native'; format: Extract<AnswerFormat, { type: 'json-schema' }>; schema: Schema }
  /** As the input of a tool that it must call. */
  | { way: 'tool'; format: AnswerFormat }
  /** By its instructions alone. */
  | { way: 'prompt'; format: AnswerFormat };

type Asked = Pick<ChatRequest, 'format' | 'tools' | 'reasoning' | 'turns'>;

/**
 * The surest way that the model has. No model guarantees "any JSON object"; Claude doesn't guarantee schemas with
 * open objects, recursion and the like either.
 */
export function chooseFormat(request: Asked, model: CatalogModel): FormatWay | undefined {
  const { format } = request;
  if (format === undefined) return undefined;
  if (format.type === 'json-schema') {
    const schema = nativeSchemas({ format, tools: undefined }, model).format;
    if (schema !== undefined) return { way: 'native', format, schema };
  }
  return { way: canForceAnswer(request, model) ? 'tool' : 'prompt', format };
}

/** A forced tool would keep the model from calling the caller's own, and Claude from reasoning. */
function canForceAnswer({ format, tools, reasoning }: Asked, model: CatalogModel): boolean {
  if (model.structuredOutput === 'prompt' || !model.accepts.includes('tool-choice')) return false;
  if (tools !== undefined) return false;
  if (model.family === 'claude' && reasoning !== undefined && reasoning.type !== 'off') return false;
  if (format?.type !== 'json-schema') return true;
  return (
    [undefined, 'object'].includes(format.schema.type as string) && toolSchema(format, model) !== undefined
  );
}

/** @throws DaypassError for a format that the model can't keep to, at all or in this request */
export function requireFormat(request: ChatRequest, model: CatalogModel): void {
  const way = chooseFormat(request, model);
  if (way === undefined) return;
  const field = request.fieldNames.format ?? 'format';
  if (model.structuredOutput === 'none') throw notTaken(field, model);
  if (way.way !== 'native' && begunAnswer(request.turns)) {
    throw unsupported(
      field,
      `'${model.name}' can't take this ${field} for an answer that has begun already.`,
    );
  }
}

/** Prompt for models with neither structured output nor a tool that they can be made to call. */
export function schemaPrompt(format: AnswerFormat): SystemPart {
  const schema = format.type === 'json' ? { type: 'object' } : format.schema;
  const described = format.type === 'json' ? undefined : format.description;
  const lines = [
    'Your whole answer must be one JSON value that is valid by the JSON Schema below.',
    'Write nothing before or after it, and no code fence around it.',
    ...(described === undefined || described.trim() === '' ? [] : [`What it is: ${described}`]),
    `<json_schema>${JSON.stringify(schema)}</json_schema>`,
  ];
  return { type: 'text', text: lines.join('\n') };
}
