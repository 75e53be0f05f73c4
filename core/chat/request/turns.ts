import type { CacheControl } from '../../contract/chat/every-dialect-fields.ts';
import { DaypassError } from '../../errors.ts';
import type { CachePoint, ChatPart, ChatTurn, SystemPart } from '../chat.ts';

type ToolPart = Extract<ChatPart, { type: 'tool-call' | 'tool-result' }>;

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
  const places = new Map<ChatPart, string>();
  const system: SystemPart[] = [];
  let held: ChatPart[] = [];
  return {
    /**
     * Adds to the last turn if it has the same role. Blank text is left out.
     * @param placeOf the caller's path of a part, for refusals; default the list's name
     */
    add(
      role: ChatTurn['role'],
      parts: readonly ChatPart[],
      placeOf: (part: ToolPart) => string = () => field,
    ): void {
      for (const part of parts)
        if (part.type === 'tool-call' || part.type === 'tool-result') places.set(part, placeOf(part));
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
      requirePairs(turns, (part) => places.get(part) ?? field);
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
function requirePairs(turns: readonly OpenTurn[], placeOf: (part: ToolPart) => string): void {
  let waiting = new Map<string, ToolPart>();
  const answered = new Set<string>();
  const refuse = (part: ToolPart, words: string) => refusal(placeOf(part), `${placeOf(part)} ${words}`);
  for (const { role, parts } of turns) {
    for (const part of parts) {
      if (part.type !== 'tool-result') continue;
      if (!waiting.delete(part.id))
        throw refuse(part, answered.has(part.id) ? answeredTwice : resultOfNoCall);
      answered.add(part.id);
    }
    for (const call of waiting.values()) throw refuse(call, unanswered);
    waiting = new Map();
    for (const part of parts) {
      if (part.type !== 'tool-call') continue;
      if (role === 'user') throw refuse(part, 'is a tool call in a message of the user.');
      if (waiting.has(part.id)) throw refuse(part, 'has the id of another tool call of its turn.');
      waiting.set(part.id, part);
    }
  }
  for (const call of waiting.values()) throw refuse(call, unanswered);
}

const answeredTwice = 'is a second result of one tool call. Send one result for each.';
const resultOfNoCall =
  'is a tool result whose call is not in the assistant’s message right before it. Send that message too.';
const unanswered =
  'is a tool call without a result. Send one for every call, right after the message that made it.';

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
