import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest } from '../chat.ts';
import { invalid, notTaken, unsupported } from './refuse-field.ts';
import { nativeSchema } from './to-tools.ts';

/** @throws DaypassError for tools, or a choice among them, that the model can't honour */
export function requireTools({ tools, turns, fieldNames }: ChatRequest, model: CatalogModel): void {
  const called = turns.some(({ parts }) => parts.some(({ type }) => type.startsWith('tool-')));
  if (called && tools === undefined) {
    throw invalid(fieldNames.tools, `${fieldNames.tools} must list the tools that the messages call.`);
  }
  if (tools === undefined) return;
  const { choice, single } = tools;
  if (!model.accepts.includes('tools')) throw notTaken(fieldNames.tools, model);
  if (choice.type === 'tool' && !tools.tools.some(({ name }) => name === choice.name)) {
    throw invalid(fieldNames.toolChoice, `${fieldNames.toolChoice} names a tool that is not in the list.`);
  }
  const forced = choice.type === 'any' || choice.type === 'tool';
  if (forced && !model.accepts.includes('tool-choice')) {
    throw unsupported(fieldNames.toolChoice, `'${model.name}' can't be made to call a tool.`);
  }
  if (choice.type === 'none' && called && model.family !== 'claude') {
    throw unsupported(
      fieldNames.toolChoice,
      `'${model.name}' can't be kept from calling tools once the messages hold calls.`,
    );
  }
  if (single && model.family !== 'claude') {
    throw notTaken(fieldNames.parallelTools ?? fieldNames.tools, model);
  }
}

/** @throws DaypassError for a format that the model can't keep to, or not beside what else is asked */
export function requireFormat(
  { format, tools, reasoning, turns, fieldNames }: ChatRequest,
  model: CatalogModel,
): void {
  if (format === undefined) return;
  const field = fieldNames.format ?? 'format';
  if (model.structuredOutput === 'none') throw notTaken(field, model);
  if (format.type !== 'json' && nativeSchema(format, model) !== undefined) return;
  if (!model.accepts.includes('tool-choice')) throw notTaken(field, model);
  if (tools !== undefined) {
    throw unsupported(field, `'${model.name}' can't take this ${field} and ${fieldNames.tools} together.`);
  }
  if (reasoning !== undefined && reasoning.type !== 'off' && model.family === 'claude') {
    throw unsupported(
      field,
      `'${model.name}' can't take this ${field} and ${fieldNames.reasoning} together.`,
    );
  }
  if (turns.at(-1)?.role === 'assistant') {
    throw unsupported(
      field,
      `'${model.name}' can't take this ${field} for an answer that has begun already.`,
    );
  }
  if (format.type === 'json-schema' && !['object', undefined].includes(format.schema.type as string)) {
    throw unsupported(
      field,
      `'${model.name}' gives objects only: ${field} must have a schema of type object.`,
    );
  }
}
