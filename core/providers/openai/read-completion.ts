import type { ChatEvent, StopReason } from '../../chat/chat.ts';
import type { TokenUsage } from '../../metering/token-usage.ts';

interface Delta {
  content?: string | null;
  refusal?: string | null;
  /** Of servers that show reasoning; they don't agree on its name. */
  reasoning_content?: string | null;
  reasoning?: string | null;
  tool_calls?: ToolCallDelta[] | null;
}

interface ToolCallDelta {
  index?: number;
  id?: string;
  function?: { name?: string; arguments?: string };
}

interface Choice {
  delta?: Delta;
  message?: Delta;
  finish_reason?: string | null;
}

interface Completion {
  choices?: Choice[];
  usage?: CompletionUsage | null;
  service_tier?: string | null;
}

export interface CompletionUsage {
  prompt_tokens?: number;
  completion_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
  completion_tokens_details?: { reasoning_tokens?: number } | null;
}

/** Reads one answer of Chat Completions, chunk by chunk. */
export function createChunkReader(): (chunk: unknown) => ChatEvent[] {
  const parts = createParts();
  let stop: ChatEvent[] = [];
  return (chunk) => {
    const { choices, usage, service_tier: serviceTier } = chunk as Completion;
    const events: ChatEvent[] = [];
    for (const { delta, finish_reason: reason } of choices ?? []) {
      if (delta) events.push(...readDelta(parts, delta));
      if (typeof reason === 'string' && stop.length === 0) {
        stop = [...parts.end(), toStop(reason, parts.hasCalls)];
        events.push(...stop);
      }
    }
    if (usage) events.push(toUsage(usage, serviceTier));
    return events;
  };
}

/** A whole answer, for its metering. */
export function readCompletion(body: unknown): ChatEvent[] {
  const { choices = [], ...rest } = body as Completion;
  const asDeltas = choices.map(({ message, ...choice }) => ({
    ...choice,
    ...(message && { delta: message }),
  }));
  return createChunkReader()({ ...rest, choices: asDeltas });
}

function readDelta(parts: ReturnType<typeof createParts>, delta: Delta): ChatEvent[] {
  const thought = delta.reasoning_content ?? delta.reasoning ?? '';
  const text = `${delta.content ?? ''}${delta.refusal ?? ''}`;
  return [
    ...(thought === '' ? [] : parts.say('reasoning', thought)),
    ...(text === '' ? [] : parts.say('text', text)),
    ...(delta.tool_calls ?? []).flatMap((call) => parts.call(call)),
  ];
}

/** Numbers the parts. A text or a thought ends when something else begins; calls may mix, and end with the answer. */
function createParts() {
  let next = 0;
  let open: { type: 'text' | 'reasoning'; part: number } | undefined;
  const calls = new Map<number, { part: number; call: number }>();
  const endOpen = (): ChatEvent[] => {
    const ended: ChatEvent[] = open === undefined ? [] : [{ type: 'part-end', part: open.part }];
    open = undefined;
    return ended;
  };
  return {
    get hasCalls() {
      return calls.size > 0;
    },
    say(type: 'text' | 'reasoning', text: string): ChatEvent[] {
      const ended = open?.type === type ? [] : endOpen();
      open ??= { type, part: next++ };
      return [...ended, { type, part: open.part, text }];
    },
    call({ index = 0, id, function: called }: ToolCallDelta): ChatEvent[] {
      const events = endOpen();
      let known = calls.get(index);
      if (known === undefined) {
        known = { part: next++, call: calls.size };
        calls.set(index, known);
        events.push({ type: 'tool-call', ...known, id: id ?? `call_${index}`, name: called?.name ?? '' });
      }
      const json = called?.arguments ?? '';
      return json === '' ? events : [...events, { type: 'tool-input', ...known, json }];
    },
    end(): ChatEvent[] {
      return [...endOpen(), ...[...calls.values()].map(({ part }) => ({ type: 'part-end' as const, part }))];
    },
  };
}

const stopReasons = new Map<string, StopReason>([
  ['stop', 'end'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'filtered'],
]);

const longestReason = 100;

/** Some servers say `stop` after calls too. */
function toStop(reason: string, hasCalls: boolean): ChatEvent {
  const known = stopReasons.get(reason);
  if (known === undefined) {
    return { type: 'stop', reason: 'unknown', providerReason: reason.slice(0, longestReason) };
  }
  return { type: 'stop', reason: known === 'end' && hasCalls ? 'tool-calls' : known };
}

export function toUsage(usage: CompletionUsage, serviceTier: string | null | undefined): ChatEvent {
  const cachedInput = usage.prompt_tokens_details?.cached_tokens ?? 0;
  const cacheWriteInput = usage.prompt_tokens_details?.cache_write_tokens ?? 0;
  const counted: TokenUsage = {
    input: Math.max(0, (usage.prompt_tokens ?? 0) - cachedInput - cacheWriteInput),
    output: usage.completion_tokens ?? 0,
    cachedInput,
    cacheWriteInput,
    cacheWriteHourInput: 0,
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
  };
  return { type: 'usage', usage: counted, ...(typeof serviceTier === 'string' && { serviceTier }) };
}
