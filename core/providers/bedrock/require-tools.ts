import type { CatalogModel } from '../../catalog.ts';
import type { ChatRequest } from '../../chat/chat.ts';
import { invalid, notTaken, unsupported } from '../../chat/request/refuse-field.ts';

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
