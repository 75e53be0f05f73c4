import type { CacheControl } from '../../contract/chat/common-fields.ts';
import { DaypassError } from '../../errors.ts';
import type { CachePoint, ChatPart, ChatTurn, SystemPart } from '../chat.ts';

interface OpenTurn {
  role: ChatTurn['role'];
  parts: ChatPart[];
}

/**
 * Collects turns in the form that models demand: roles alternate, a user's comes first, no text is blank, calls of tools
 * end their turn, and the next one begins with their results.
 *
 * @param field the dialect's name of the list, for refusals
 */
export function createTurns(field: string) {
  const turns: OpenTurn[] = [];
  const system: SystemPart[] = [];
  let held: ChatPart[] = [];
  return {
    /** Adds to the last turn if it has the same role. Blank text is left out. */
    add(role: ChatTurn['role'], parts: readonly ChatPart[]): void {
      const said = parts.filter((part) => part.type !== 'text' || part.text.trim() !== '');
      if (role === 'user' && said.length > 0) {
        said.unshift(...held);
        held = [];
      }
      const last = turns.at(-1);
      if (last?.role === role) last.parts.push(...said);
      else if (said.some(({ type }) => type !== 'cache-point')) turns.push({ role, parts: [...said] });
    },
    /**
     * Instructions before the first turn are the system prompt. Later ones become a marked text of the user where they
     * stand: a longer system prompt would change what comes before everything that was said, and miss the prompt cache.
     */
    instruct(parts: readonly SystemPart[]): void {
      const given = parts.filter((part) => part.type !== 'text' || part.text.trim() !== '');
      if (turns.length === 0) {
        system.push(...given);
        return;
      }
      const marked = markedTexts(given);
      const waitsForResults = turns.at(-1)?.parts.some(({ type }) => type === 'tool-call') === true;
      if (waitsForResults) held.push(...marked);
      else this.add('user', marked);
    },
    /** Sets a cache point after everything that was added. */
    cache(points: readonly CachePoint[]): void {
      turns.at(-1)?.parts.push(...points);
    },
    /** @throws DaypassError `invalid_request` */
    finish(): { system: SystemPart[]; turns: ChatTurn[] } {
      requireUserFirst(turns, field);
      requirePairs(turns, field);
      return {
        system,
        turns: turns.map(({ role, parts }) => ({
          role,
          parts: role === 'user' ? withDocumentText(resultsFirst(parts)) : callsLast(parts),
        })),
      };
    },
  };
}

/** Texts up to the next cache point are marked as one. */
function markedTexts(given: readonly SystemPart[]): ChatPart[] {
  const parts: ChatPart[] = [];
  let texts: string[] = [];
  const close = () => {
    if (texts.length > 0) parts.push({ type: 'text', text: `<system>\n${texts.join('\n')}\n</system>` });
    texts = [];
  };
  for (const part of given) {
    if (part.type === 'text') texts.push(part.text);
    else {
      close();
      parts.push(part);
    }
  }
  close();
  return parts;
}

function requireUserFirst(turns: readonly OpenTurn[], field: string): void {
  if (turns[0]?.role === 'user') return;
  throw refusal(field, `${field} must begin with a user message that is not blank.`);
}

/** Every call has exactly one result, in the next turn, and every result has a call. */
function requirePairs(turns: readonly OpenTurn[], field: string): void {
  let waiting = new Set<string>();
  const answered = new Set<string>();
  for (const { role, parts } of turns) {
    const results = parts.flatMap((part) => (part.type === 'tool-result' ? [part.id] : []));
    for (const id of results) {
      if (!waiting.delete(id)) throw answered.has(id) ? answeredTwice(field) : resultOfNoCall(field);
      answered.add(id);
    }
    if (waiting.size > 0) throw unanswered(field);
    const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []));
    waiting = new Set(calls);
    if (waiting.size < calls.length)
      throw refusal(field, `${field} must not hold two tool calls of the same id.`);
    if (role === 'user' && calls.length > 0)
      throw refusal(field, `${field} must not hold a tool call in a user message.`);
  }
  if (waiting.size > 0) throw unanswered(field);
}

function resultsFirst(parts: readonly ChatPart[]): ChatPart[] {
  return ranked(parts, ({ type }) => (type === 'tool-result' ? 0 : 1));
}

/**
 * Claude takes nothing behind a call in its turn, and wants one that calls tools to begin with its reasoning. Other turns
 * stay as they are.
 */
function callsLast(parts: readonly ChatPart[]): ChatPart[] {
  if (!parts.some(({ type }) => type === 'tool-call')) return [...parts];
  const begun = isReasoning(parts[0]);
  return ranked(parts, (part) => {
    if (part.type === 'tool-call') return 2;
    return begun || isReasoning(part) ? 0 : 1;
  });
}

function isReasoning(part: ChatPart | undefined): boolean {
  return part?.type === 'reasoning' || part?.type === 'redacted-reasoning';
}

/** Sorted by rank, each part with the cache points that follow it. */
function ranked(parts: readonly ChatPart[], rank: (part: ChatPart) => number): ChatPart[] {
  const groups: [ChatPart, ...ChatPart[]][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.type === 'cache-point' && last !== undefined) last.push(part);
    else groups.push([part]);
  }
  return groups.toSorted(([one], [other]) => rank(one) - rank(other)).flat();
}

/** Models take a document only beside a text; its name adds the least. */
function withDocumentText(parts: readonly ChatPart[]): ChatPart[] {
  const document = parts.find((part) => part.type === 'document');
  if (document === undefined || parts.some(({ type }) => type === 'text')) return [...parts];
  return [...parts, { type: 'text', text: document.name.trim() === '' ? 'document' : document.name }];
}

function answeredTwice(field: string): DaypassError {
  return refusal(field, `${field} must not hold two results of one tool call.`);
}

function resultOfNoCall(field: string): DaypassError {
  return refusal(
    field,
    `${field} must not hold a tool result whose call is not in the assistant’s message right before it.`,
  );
}

function unanswered(field: string): DaypassError {
  return refusal(
    field,
    `${field} must hold a result for every tool call, right after the message that made the call.`,
  );
}

function refusal(param: string, message: string): DaypassError {
  return new DaypassError('invalid_request', message, { param });
}

/** Whether the last message is the beginning of the answer (a prefill). */
export function begunAnswer(turns: readonly ChatTurn[]): boolean {
  return turns.at(-1)?.role === 'assistant';
}

/** Anthropic's cache control, in its own API and where its clients send it in others. */
export function cachePointOf(control: CacheControl): CachePoint[] {
  return control ? [{ type: 'cache-point', lifetime: control.ttl ?? undefined }] : [];
}
