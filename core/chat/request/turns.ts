import { DaypassError } from '../../errors.ts';
import type { ChatPart, ChatTurn } from '../chat.ts';

interface OpenTurn {
  role: ChatTurn['role'];
  parts: ChatPart[];
}

/**
 * Collects turns in the form that models demand: roles alternate, a user's comes first, no text is blank, and the turn
 * after a tool call begins with its result.
 *
 * @param field the dialect's name of the list, for refusals
 */
export function createTurns(field: string) {
  const turns: OpenTurn[] = [];
  return {
    /** Adds to the last turn if it has the same role. Blank text is left out. */
    add(role: ChatTurn['role'], parts: readonly ChatPart[]): void {
      const said = parts.filter((part) => part.type !== 'text' || part.text.trim() !== '');
      const last = turns.at(-1);
      if (last?.role === role) last.parts.push(...said);
      else if (said.some(({ type }) => type !== 'cache-point')) turns.push({ role, parts: [...said] });
    },
    /** @throws DaypassError `invalid_request` */
    finish(): ChatTurn[] {
      requireUserFirst(turns, field);
      requirePairs(turns, field);
      return turns.map(({ role, parts }) => ({ role, parts: withDocumentText(resultsFirst(parts)) }));
    },
  };
}

function requireUserFirst(turns: readonly OpenTurn[], field: string): void {
  if (turns[0]?.role === 'user') return;
  throw refusal(field, `${field} must begin with a user message that is not blank.`);
}

/** Every call has exactly one result, in the next turn, and every result has a call. */
function requirePairs(turns: readonly OpenTurn[], field: string): void {
  let waiting = new Set<string>();
  for (const { role, parts } of turns) {
    const results = parts.flatMap((part) => (part.type === 'tool-result' ? [part.id] : []));
    for (const id of results) {
      if (!waiting.delete(id))
        throw refusal(field, `${field} answer a tool call that no message before made.`);
    }
    if (waiting.size > 0) throw unanswered(field);
    const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []));
    waiting = new Set(calls);
    if (waiting.size < calls.length) throw refusal(field, `${field} hold two tool calls with one id.`);
    if (role === 'user' && calls.length > 0) throw refusal(field, `${field} let a user call a tool.`);
  }
  if (waiting.size > 0) throw unanswered(field);
}

function resultsFirst(parts: readonly ChatPart[]): ChatPart[] {
  const isResult = ({ type }: ChatPart) => type === 'tool-result';
  return [...parts.filter(isResult), ...parts.filter((part) => !isResult(part))];
}

/** Models take a document only beside a text; its name adds the least. */
function withDocumentText(parts: readonly ChatPart[]): ChatPart[] {
  const document = parts.find((part) => part.type === 'document');
  if (document === undefined || parts.some(({ type }) => type === 'text')) return [...parts];
  return [...parts, { type: 'text', text: document.name.trim() === '' ? 'document' : document.name }];
}

function unanswered(field: string): DaypassError {
  return refusal(field, `${field} must answer every tool call right after the message that made it.`);
}

function refusal(param: string, message: string): DaypassError {
  return new DaypassError('invalid_request', message, { param });
}

/** Whether the last message is the beginning of the answer (a prefill). */
export function begunAnswer(turns: readonly ChatTurn[]): boolean {
  return turns.at(-1)?.role === 'assistant';
}
