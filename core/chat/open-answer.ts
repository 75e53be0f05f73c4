import { type ByProvider, type Catalog, type CatalogModel, providerOf } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import type { OwnKey } from '../provider-keys/own-key.ts';
import type { AnswerEvents } from './answer/steps.ts';
import type { ChatRequest } from './chat.ts';
import { type AskOptions, type PreparedChat, type Provider, relays } from './provider.ts';
import { createContextCheck } from './request/require-context.ts';

export interface OpenedAnswer {
  /** The one that answers: the model asked for, or one of its fallbacks. */
  model: CatalogModel;
  events: AnswerEvents;
  /** As in `PreparedChat`, of the model that answers. */
  ignored: readonly string[];
  ownKey: OwnKey | undefined;
}

interface OpenOptions extends Omit<AskOptions, 'ownKey'> {
  patience: Promise<unknown>;
  keyFor(model: CatalogModel): Promise<OwnKey | undefined>;
}

/** A model to ask, and what to send it. */
export interface Candidate {
  model: CatalogModel;
  prepared: PreparedChat;
}

/**
 * The model asked for, then those of its fallbacks that can hold and honour the whole request.
 * @throws DaypassError when the model asked for can't
 */
export function candidatesFor(
  request: ChatRequest,
  model: CatalogModel,
  { providers, catalog }: { providers: ByProvider<Provider>; catalog: Pick<Catalog, 'models'> },
): [Candidate, ...Candidate[]] {
  const requireContext = createContextCheck(request);
  const candidate = (wanted: CatalogModel): Candidate => {
    const provider = providerOf(providers, wanted.provider);
    requireReadable(request, provider, wanted);
    const prepared = provider.prepare(request, wanted);
    requireContext(wanted);
    return { model: wanted, prepared };
  };
  const first = candidate(model);
  const others = model.fallbacks.flatMap((name): Candidate[] => {
    const fallback = catalog.models.find((other) => other.name === name);
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

/** A fallback at another provider can take only what our own dialect can read. */
function requireReadable({ relay }: ChatRequest, provider: Provider, model: CatalogModel): void {
  if (relay === undefined || relay.isTranslated || relays(provider, model, relay.api)) return;
  throw new DaypassError(
    'unsupported_parameter',
    `'${model.name}' can't take this request as it is written.`,
  );
}

/**
 * Asks one candidate after the other until one says something or patience ends; after that, the answer is that of the
 * candidate asked last, whatever it is. Only an overloaded model leads on to the next one: a request that one model
 * refuses is not tried on another.
 * @throws DaypassError of the first candidate, when none answers
 */
export async function openAnswer(
  candidates: readonly [Candidate, ...Candidate[]],
  { patience, keyFor, ...options }: OpenOptions,
): Promise<OpenedAnswer> {
  let refusal: DaypassError | undefined;
  for (const { model, prepared } of candidates) {
    try {
      const ownKey = await keyFor(model);
      const events = await peekFirst(prepared.ask({ ...options, ownKey: ownKey?.secret }), patience);
      return { model, events, ignored: prepared.ignored ?? [], ownKey };
    } catch (error) {
      if (!(error instanceof DaypassError) || error.code !== 'model_overloaded' || options.signal.aborted)
        throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/**
 * Waits for the first event, which may be the provider's refusal, but only until patience ends: a model may think for
 * minutes, and the caller's connection must not be silent for so long.
 */
async function peekFirst<T>(events: AsyncIterable<T>, patience: Promise<unknown>): Promise<AsyncIterable<T>> {
  const iterator = events[Symbol.asyncIterator]();
  const first = iterator.next();
  const said = await Promise.race([first, patience.then(() => undefined)]);
  if (said?.done) throw new DaypassError('model_failed', 'The model gave no answer. Try again.');
  // It may fail before anybody reads on.
  first.catch(() => {});
  let isFirst = true;
  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        if (!isFirst) return iterator.next();
        isFirst = false;
        return first;
      },
      return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    }),
  };
}
