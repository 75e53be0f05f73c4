import type { Catalog, CatalogModel } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import {
  type Charge,
  costNanoDollars,
  type Mark,
  type Meter,
  quotaRefusal,
  standingHeaders,
  type TokenUsage,
  unknownKey,
} from '../metering.ts';
import type { Clock } from '../ports.ts';
import type { ChatEvent, ChatRequest } from './chat.ts';
import { type ConverseEvent, fromConverse } from './converse/from-converse.ts';
import { type ConverseRequest, toConverse } from './converse/to-converse.ts';
import { findModel, requireAllowedModel } from './find-model.ts';
import { requireAllowedHost } from './require-allowed-host.ts';

export interface ChatPorts {
  meter: Meter;
  /**
   * Opens a model's answer. Resolves with the provider's first response, so that a refusal is still an error
   * with a real status; both it and the iteration throw DaypassError.
   */
  openModel(request: ConverseRequest, signal: AbortSignal): Promise<AsyncIterable<ConverseEvent>>;
  clock: Clock;
  catalog: Pick<Catalog, 'models' | 'chat'>;
  /** Told when the books could not be written; the answer goes on. */
  onBooksFailed(step: 'settle' | 'refund' | 'count-refusal', error: unknown): void;
}

export interface ChatCall {
  apiKeyId: string;
  requestId: string;
  clientAddress?: string | undefined;
  /** The Origin header. */
  origin?: string | undefined;
  /** Whether the answer is sent as it comes. */
  streamed: boolean;
  /** Aborts when the caller has left. */
  signal?: AbortSignal | undefined;
}

export interface MeteredChat {
  model: CatalogModel;
  /** `x-ratelimit-*` after this call. */
  headers: Record<string, string>;
  /** The answer. It settles the call once, before it ends, however it ends. */
  events: AsyncIterable<ChatEvent>;
}

/**
 * Charges a call, then asks the model. A call that fails by our or the provider's fault before the caller got a
 * token is not charged. When the caller leaves, generation is aborted at once, and what was used stays charged.
 * @throws DaypassError before anything was said
 */
export async function openMeteredChat(
  ports: ChatPorts,
  call: ChatCall,
  request: ChatRequest,
): Promise<MeteredChat> {
  const model = findModel(ports.catalog.models, request.model);
  const converseRequest = toConverse(request, model, ports.catalog.chat);
  const charge = await takeCharge(ports, call);
  const abort = new AbortController();
  const running: RunningCall = { ...call, charge, model, request, abort };
  let asked: TokenUsage = noTokens;
  try {
    requireAllowedModel(model, charge.models);
    requireAllowedHost(call.origin, charge.allowedHosts);
    call.signal?.throwIfAborted();
    asked = estimate(request, 0);
    const anyAbort = AbortSignal.any([abort.signal, ...(call.signal === undefined ? [] : [call.signal])]);
    const answer = await peekFirst(await ports.openModel(converseRequest, anyAbort));
    return {
      model,
      headers: standingHeaders(charge.standing, charge.tokens, ports.clock.now()),
      events: settleAtEnd(ports, running, answer),
    };
  } catch (error) {
    if (!hasLeft(call)) {
      await giveBack(ports, charge, model);
      throw error;
    }
    await settle(ports, running, { usage: asked, mark: 'aborted', firstTokenAt: undefined });
    throw callerLeft(error);
  }
}

async function takeCharge(
  ports: ChatPorts,
  { apiKeyId, requestId, clientAddress }: ChatCall,
): Promise<Charge> {
  const now = ports.clock.now();
  const result = await ports.meter.charge({ apiKeyId, requestId, clientAddress, now });
  if (result.outcome === 'charged') return result.charge;
  if (result.outcome === 'unknown_key') throw unknownKey();
  await ports.meter
    .countRefusal({ userId: result.userId, keyId: result.keyId, now })
    .catch((error: unknown) => ports.onBooksFailed('count-refusal', error));
  throw quotaRefusal(result, now);
}

/** Waits for the first event, which may be the provider's refusal. */
async function peekFirst<T>(events: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = events[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

interface RunningCall extends ChatCall {
  charge: Charge;
  model: CatalogModel;
  request: ChatRequest;
  abort: AbortController;
}

async function* settleAtEnd(
  ports: ChatPorts,
  call: RunningCall,
  answer: AsyncIterable<ConverseEvent>,
): AsyncIterable<ChatEvent> {
  let spoken = 0;
  let firstTokenAt: number | undefined;
  let counted: TokenUsage | undefined;
  let ending: 'whole' | 'failed' | 'left' = 'left';
  try {
    let finished = false;
    for await (const converseEvent of answer) {
      const event = fromConverse(converseEvent);
      if (event === undefined) continue;
      if (event.type === 'text') {
        firstTokenAt ??= ports.clock.now();
        spoken += event.text.length;
      } else if (event.type === 'finish') finished = true;
      else counted = event.usage;
      yield event;
    }
    if (!finished) throw new DaypassError('model_failed', 'The model’s answer broke off. Try again.');
    ending = 'whole';
  } catch (error) {
    if (hasLeft(call)) throw callerLeft(error);
    ending = 'failed';
    throw error;
  } finally {
    // Also reached when the reader leaves early: generation ends, and what was used is settled.
    call.abort.abort();
    // A whole answer that fails leaves the caller with nothing.
    const delivered = call.streamed && spoken > 0;
    if (ending === 'failed' && !delivered) await giveBack(ports, call.charge, call.model);
    else {
      const usage = counted ?? estimate(call.request, spoken);
      const guess = ending === 'left' ? 'aborted' : 'estimated';
      await settle(ports, call, { usage, mark: counted ? 'metered' : guess, firstTokenAt });
    }
  }
}

async function settle(
  ports: ChatPorts,
  { charge, model }: RunningCall,
  { firstTokenAt, ...used }: { usage: TokenUsage; mark: Mark; firstTokenAt: number | undefined },
): Promise<void> {
  await ports.meter
    .settle({
      ...used,
      charge,
      model: model.name,
      costNanoDollars: costNanoDollars(used.usage, model.pricePerMillionTokens),
      msToFirstToken: firstTokenAt === undefined ? undefined : firstTokenAt - charge.chargedAt,
      now: ports.clock.now(),
    })
    .catch((error: unknown) => ports.onBooksFailed('settle', error));
}

async function giveBack(ports: ChatPorts, charge: Charge, model: CatalogModel): Promise<void> {
  await ports.meter
    .refund(charge, model.name)
    .catch((error: unknown) => ports.onBooksFailed('refund', error));
}

const hasLeft = ({ signal }: ChatCall) => signal?.aborted === true;

/** Nobody gets this answer; it stands in the log. */
const callerLeft = (cause: unknown) =>
  new DaypassError('caller_left', 'The caller left before the answer was whole.', { cause });

const noTokens: TokenUsage = { input: 0, output: 0, cachedInput: 0 };

/** Where the provider's count never came: four characters a token, the usual rule of thumb. */
function estimate(request: ChatRequest, spoken: number): TokenUsage {
  const asked = [...request.system, ...request.turns.flatMap((turn) => turn.texts)];
  const characters = asked.reduce((sum, text) => sum + text.length, 0);
  return { input: Math.ceil(characters / 4), output: Math.ceil(spoken / 4), cachedInput: 0 };
}
