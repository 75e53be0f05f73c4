import type { CatalogModel, ChatSettings } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import type { ConverseEvent, ConverseRequest } from '../providers/bedrock/converse-shapes.ts';
import { createAnswerReader } from '../providers/bedrock/read-answer.ts';
import { type ConverseCall, toConverse } from '../providers/bedrock/to-converse.ts';
import { requirePromised } from './answer/require-promised.ts';
import { withoutFence } from './answer/without-code-fence.ts';
import type { ChatEvent, ChatRequest } from './chat.ts';
import { createContextCheck } from './request/require-context.ts';

/**
 * Opens a model's answer. Resolves with the provider's first response, so that a refusal is still an error with
 * a real status; both it and the iteration throw DaypassError.
 */
export type OpenModel = (
  request: ConverseRequest,
  signal: AbortSignal,
) => Promise<AsyncIterable<ConverseEvent>>;

export interface OpenPorts {
  openModel: OpenModel;
}

export interface OpenedAnswer {
  /** The one that answers: the model asked for, or one of its fallbacks. */
  model: CatalogModel;
  events: AsyncIterable<ChatEvent>;
}

/** A model to ask, and what to send it. */
export interface Candidate {
  model: CatalogModel;
  call: ConverseCall;
}

/**
 * The model asked for, then those of its fallbacks that can hold and honour the whole request.
 * @throws DaypassError when the model asked for can't
 */
export function candidatesFor(
  request: ChatRequest,
  model: CatalogModel,
  { models, chat }: { models: readonly CatalogModel[]; chat: ChatSettings },
): [Candidate, ...Candidate[]] {
  const requireContext = createContextCheck(request);
  const candidate = (wanted: CatalogModel): Candidate => {
    const call = toConverse(request, wanted, chat);
    requireContext(wanted);
    return { model: wanted, call };
  };
  const first = candidate(model);
  const others = model.fallbacks.flatMap((name): Candidate[] => {
    const fallback = models.find((candidate) => candidate.name === name);
    if (fallback === undefined) return [];
    try {
      return [candidate(fallback)];
    } catch (error) {
      if (error instanceof DaypassError) return [];
      throw error;
    }
  });
  return [first, ...others];
}

/**
 * Asks one candidate after the other until one says something, or until patience ends: then the answer is that of the
 * one asked last, whatever comes. Only overload and unavailability lead on to the next: what one model refuses for the
 * request's sake, another is not asked to overlook.
 * @throws DaypassError of the first candidate, when none answers
 */
export async function openAnswer(
  { openModel }: OpenPorts,
  candidates: readonly [Candidate, ...Candidate[]],
  { signal, patience }: { signal: AbortSignal; patience: Promise<unknown> },
): Promise<OpenedAnswer> {
  let refusal: DaypassError | undefined;
  for (const { model, call } of candidates) {
    try {
      const answer = onceOpen(openModel(call.request, signal));
      return { model, events: await peekFirst(read(answer, call), patience) };
    } catch (error) {
      if (!(error instanceof DaypassError) || !isUnavailable(error) || signal.aborted) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

async function* onceOpen(answer: Promise<AsyncIterable<ConverseEvent>>): AsyncIterable<ConverseEvent> {
  yield* await answer;
}

function isUnavailable({ code }: DaypassError): boolean {
  return code === 'model_overloaded';
}

function read(
  answer: AsyncIterable<ConverseEvent>,
  { answerTool, mayBeFenced, promised }: ConverseCall,
): AsyncIterable<ChatEvent> {
  const events = readEvents(answer, createAnswerReader(answerTool));
  return requirePromised(mayBeFenced ? withoutFence(events) : events, promised);
}

async function* readEvents(
  answer: AsyncIterable<ConverseEvent>,
  reader: ReturnType<typeof createAnswerReader>,
): AsyncIterable<ChatEvent> {
  for await (const event of answer) yield* reader(event);
}

/**
 * Waits for the first thing said, which may be the provider's refusal, but no longer than there is patience: a model
 * may think for minutes, and the caller's connection must not be silent for so long.
 */
async function peekFirst<T>(events: AsyncIterable<T>, patience: Promise<unknown>): Promise<AsyncIterable<T>> {
  const iterator = events[Symbol.asyncIterator]();
  const first = iterator.next();
  const said = await Promise.race([first, patience.then(() => undefined)]);
  if (said?.done) throw new DaypassError('model_failed', 'The model said nothing at all. Try again.');
  // It may fail before anybody reads on.
  first.catch(() => {});
  return (async function* () {
    try {
      for (let next = await first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
