import { DaypassError } from '../../errors.ts';
import type { AnswerFormat, ChatTool } from '../chat.ts';
import { fitsSchema } from './fits-schema.ts';
import type { AnswerStep } from './steps.ts';

/** What the caller asked for and the model doesn't guarantee. */
export interface Promised {
  format: AnswerFormat | undefined;
  /** Tools whose input must keep to their schema. */
  tools: readonly Pick<ChatTool, 'name' | 'schema'>[];
}

/**
 * Passes an answer on, and fails it at its stop where it isn't the JSON that was asked for, or calls a tool with an input
 * that isn't an object. An answer that was cut short says so in its stop reason and is not checked.
 * @throws DaypassError `model_failed`
 */
export function requirePromised({ format, tools }: Promised): AnswerStep {
  let text = '';
  const calls = new Map<number, { name: string; json: string }>();
  return (event) => {
    if (event.type === 'text' && format !== undefined) text += event.text;
    if (event.type === 'tool-call') calls.set(event.call, { name: event.name, json: '' });
    if (event.type === 'tool-input') {
      const call = calls.get(event.call);
      if (call !== undefined) call.json += event.json;
    }
    if (event.type === 'stop') {
      if (event.reason === 'end' && format !== undefined) requireFormat(text, format);
      if (event.reason === 'end' || event.reason === 'tool-calls') {
        for (const call of calls.values()) requireInput(call, tools);
      }
    }
    return [event];
  };
}

function requireFormat(text: string, format: AnswerFormat): void {
  if (fits(text, format.type === 'json' ? anyObject : format.schema)) return;
  throw new DaypassError(
    'model_failed',
    'The model’s answer does not have the JSON format that was asked for. Try again.',
  );
}

function requireInput({ name, json }: { name: string; json: string }, strict: Promised['tools']): void {
  const input = json === '' ? '{}' : json;
  if (!fits(input, anyObject)) {
    throw new DaypassError(
      'model_failed',
      'The model called a tool with an input that is not a JSON object. Try again.',
    );
  }
  const tool = strict.find((candidate) => candidate.name === name);
  if (tool === undefined || fits(input, tool.schema)) return;
  throw new DaypassError(
    'model_failed',
    'The model called a strict tool with an input that does not fit its schema. Try again.',
  );
}

const anyObject = { type: 'object' };

function fits(json: string, schema: Readonly<Record<string, unknown>>): boolean {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return false;
  }
  try {
    return fitsSchema(value, schema);
  } catch {
    // The schema can't be followed, so it is left to the model.
    return true;
  }
}
