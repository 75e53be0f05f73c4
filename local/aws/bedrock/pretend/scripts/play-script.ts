import type { StopReason } from '../../answer/answer-part.ts';
import { metadataEvent, stopEvent } from '../../answer/closing-events.ts';
import { countTokens } from '../../answer/split-tokens.ts';
import { toUsage } from '../../answer/token-usage.ts';
import type { JsonObject } from '../../json-fields.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import type { TokenUsage } from '../../responders/responder.ts';
import type { StreamEvent, StreamItem } from '../../stream/event-frames.ts';
import { type BlockScript, blockEvents, scriptBlock } from './block-script.ts';
import { guardrailTrace } from './guardrail-trace.ts';
import type { Step, TroubleStep } from './steps.ts';
import { isTrouble, strike, strikeBetween } from './trouble.ts';

/** One event of each block in turn, until all are sent. */
export function interleave(blocks: StreamEvent[][]): StreamEvent[] {
  const longest = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => blocks.flatMap((events) => events[at] ?? [])).flat();
}

/** Counts a request's tokens, with what the prompt cache holds of it. */
export type CountUsage = (request: ConverseRequest, outputTokens: number) => TokenUsage;

interface PlayOptions {
  countUsage: CountUsage;
  mode: 'whole' | 'stream';
  signal: AbortSignal;
}

interface Play {
  request: ConverseRequest;
  countUsage: CountUsage;
  blocks: BlockScript[];
  /** What a guardrail blocks isn't sent, unless the guardrail runs behind the stream. */
  withheld: boolean;
  /** For the frames to come. */
  pieceBytes: number | undefined;
  flaw: StreamEvent['flaw'];
  stop: StopReason | false | undefined;
  fields: JsonObject;
  usage: Extract<Step, { usage: unknown }>['usage'];
  trace: JsonObject | undefined;
  started: boolean;
}

/** The script's events, then those of an ordinary answer's end that it lacks. */
export function playScript(
  steps: readonly Step[],
  request: ConverseRequest,
  options: PlayOptions,
): AsyncIterable<StreamItem> {
  const isTimed = (step: Step) => isTrouble(step) && step.afterEvents !== undefined;
  const inTurn = playInTurn(
    steps.filter((step) => !isTimed(step)),
    request,
    options,
  );
  return strikeBetween(inTurn, steps.filter(isTrouble).filter(isTimed), options.signal);
}

async function* playInTurn(
  steps: readonly Step[],
  request: ConverseRequest,
  { countUsage, mode, signal }: PlayOptions,
): AsyncGenerator<StreamItem> {
  const startedAt = performance.now();
  const { guardrail } = request;
  const intervenes = guardrail !== undefined && steps.some((step) => 'guardrail' in step);
  const play: Play = {
    request,
    countUsage,
    blocks: [],
    withheld: intervenes && (mode === 'whole' || guardrail.streamMode === 'sync'),
    pieceBytes: undefined,
    flaw: undefined,
    stop: undefined,
    fields: {},
    usage: {},
    trace: undefined,
    started: false,
  };
  for (const step of steps) {
    if (!isTrouble(step)) yield* playStep(step, play);
    else if ('flaw' in step) play.flaw = step.flaw;
    else yield* strike(step, signal);
    if (intervenes && 'guardrail' in step) break;
  }
  yield* closing(play, startedAt);
}

function* playStep(step: Exclude<Step, TroubleStep>, play: Play): Generator<StreamItem> {
  if ('pieceBytes' in step) play.pieceBytes = step.pieceBytes;
  else if ('usage' in step) play.usage = step.usage;
  else if ('stop' in step) Object.assign(play, { stop: step.stop, fields: step.fields ?? {} });
  else if ('guardrail' in step) yield* intervene(step, play);
  else if ('event' in step) yield* send(play, [{ name: step.event, payload: step.payload }]);
  else if ('interleave' in step) {
    const scripts = step.interleave.map((block) => addBlock(block, play));
    yield* send(play, interleave(scripts.map(blockEvents)));
  } else yield* send(play, blockEvents(addBlock(step, play)));
}

function addBlock(block: Parameters<typeof scriptBlock>[0], play: Play): BlockScript {
  const next = Math.max(-1, ...play.blocks.map(({ index }) => index)) + 1;
  const script = scriptBlock(block, next, play.request);
  play.blocks.push(script);
  return script;
}

/** Without a guardrail in the request nothing happens, as on AWS. */
function* intervene(step: Extract<Step, { guardrail: string }>, play: Play): Generator<StreamItem> {
  const { guardrail } = play.request;
  if (guardrail === undefined) return;
  const text = step.message ?? `Sorry, the guardrail blocked this ${step.guardrail}.`;
  const said = play.blocks.map((block) => block.said);
  play.trace = guardrailTrace(guardrail, step.guardrail, said);
  play.stop = 'guardrail_intervened';
  if (step.guardrail === 'input') play.usage = { inputTokens: 0, outputTokens: 0 };
  if (play.withheld) play.blocks = [];
  play.withheld = false;
  yield* send(play, blockEvents(addBlock({ text }, play)));
}

/** An answer starts with messageStart, unless the script begins with an event of its own. */
function* send(play: Play, events: StreamEvent[]): Generator<StreamItem> {
  if (play.withheld) return;
  const start: StreamEvent = { name: 'messageStart', payload: { role: 'assistant' } };
  const isFirst = !play.started && events[0]?.name !== 'messageStart';
  play.started = true;
  for (const event of isFirst ? [start, ...events] : events) {
    const { flaw } = play;
    play.flaw = undefined;
    yield { ...event, flaw, pieceBytes: play.pieceBytes };
    if (flaw === 'truncated') return;
  }
}

function* closing(play: Play, startedAt: number): Generator<StreamItem> {
  if (play.stop === false) return;
  const usesTool = play.blocks.some(({ isToolUse }) => isToolUse);
  const stopReason = play.stop ?? (usesTool ? 'tool_use' : 'end_turn');
  yield* send(play, [stopEvent(play.request, stopReason, play.fields)]);
  if (play.usage === null) return;
  const said = play.blocks.map((block) => block.said).join('\n');
  const usage = overridden(play.countUsage(play.request, countTokens(said.trim())), play.usage);
  const latencyMs = Math.round(performance.now() - startedAt);
  yield* send(play, [metadataEvent(play.request, { usage, latencyMs, trace: play.trace })]);
}

function overridden(counted: TokenUsage, given: NonNullable<Play['usage']>): TokenUsage {
  if (Object.keys(given).length === 0) return counted;
  return toUsage(given.inputTokens ?? counted.inputTokens, given.outputTokens ?? counted.outputTokens, {
    read: given.cacheReadInputTokens ?? counted.cacheReadInputTokens,
    write: given.cacheWriteInputTokens ?? counted.cacheWriteInputTokens,
    details: given.cacheWriteInputTokens === undefined ? (counted.cacheDetails ?? []) : [],
  });
}
