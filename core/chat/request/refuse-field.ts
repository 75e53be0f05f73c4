import type { CatalogModel, ChatSettings } from '../../catalog.ts';
import { DaypassError } from '../../errors.ts';

/** @param param the caller's own name of the field */
export function invalid(param: string, message: string): DaypassError {
  return new DaypassError('invalid_request', message, { param });
}

export function unsupported(param: string, message: string): DaypassError {
  return new DaypassError('unsupported_parameter', message, { param });
}

export function notTaken(param: string, { name }: Pick<CatalogModel, 'name'>): DaypassError {
  return unsupported(param, `'${name}' does not take ${param}. Leave it out.`);
}

/** Two fields that the model takes one at a time. */
export function alone(param: string, other: string, { name }: Pick<CatalogModel, 'name'>): DaypassError {
  return unsupported(param, `'${name}' can't take ${param} together with ${other}. Leave one out.`);
}

/**
 * @param lists by the dialect's name of the field
 * @throws DaypassError `invalid_request` naming the field and its limit
 */
export function requireCounts(
  { messages, tools }: { messages: readonly unknown[]; tools: readonly unknown[] },
  { maxMessages, maxTools }: Pick<ChatSettings, 'maxMessages' | 'maxTools'>,
  messagesField = 'messages',
): void {
  if (messages.length > maxMessages) throw tooMany(messagesField, maxMessages, 'messages');
  if (tools.length > maxTools) throw tooMany('tools', maxTools, 'tools');
}

function tooMany(param: string, limit: number, what: string): DaypassError {
  return invalid(param, `${param} must hold at most ${limit} ${what}.`);
}
