import type { CatalogModel } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import {
  type Charge,
  costNanoDollars,
  type Mark,
  type Meter,
  type RefundReason,
  type TokenUsage,
} from '../metering.ts';
import type { Clock } from '../ports.ts';
import type { ChatEvent, ChatRequest } from './chat.ts';
import { createSpeechCount } from './estimate-usage.ts';

export interface BookPorts {
  meter: Meter;
  clock: Clock;
  /** Told when the books could not be written; the answer goes on. */
  onBooksFailed(step: 'settle' | 'refund' | 'count-refusal', error: unknown): void;
}

export interface RunningCall {
  charge: Charge;
  model: CatalogModel;
  request: ChatRequest;
  /** Ends generation. */
  abort: AbortController;
  /** Whether the answer is sent as it comes. */
  streamed: boolean;
  /** Aborts when the caller has left. */
  signal?: AbortSignal | undefined;
}

type PricedModel = Pick<CatalogModel, 'name' | 'pricePerMillionTokens'>;

/** Passes an answer on, and settles its call once, before it ends, however it ends. */
export async function* settleAtEnd(
  ports: BookPorts,
  call: RunningCall,
  answer: AsyncIterable<ChatEvent>,
): AsyncIterable<ChatEvent> {
  const speech = createSpeechCount();
  let firstTokenAt: number | undefined;
  let counted: TokenUsage | undefined;
  let ending: 'whole' | 'failed' | 'left' = 'left';
  try {
    let finished = false;
    for await (const event of answer) {
      if (event.type === 'finish') finished = true;
      else if (event.type === 'usage') counted = event.usage;
      else {
        firstTokenAt ??= ports.clock.now();
        speech.add(event);
      }
      yield event;
    }
    if (!finished) throw new DaypassError('model_failed', 'The model’s answer broke off. Try again.');
    ending = 'whole';
    // The caller gets a count in any case, and the same as the books.
    if (counted === undefined) yield { type: 'usage', usage: speech.estimate(call.request) };
  } catch (error) {
    if (call.signal?.aborted === true) throw callerLeft(error);
    ending = 'failed';
    throw error;
  } finally {
    // Also reached when the reader leaves early: generation ends, and what was used is settled.
    call.abort.abort();
    // A whole answer that fails leaves the caller with nothing.
    const delivered = call.streamed && !speech.isSilent;
    if (ending === 'failed' && !delivered) await giveBack(ports, call.charge, call.model);
    else {
      const usage = counted ?? speech.estimate(call.request);
      const guess = ending === 'left' ? 'aborted' : 'estimated';
      await settle(ports, call, { usage, mark: counted ? 'metered' : guess, firstTokenAt });
    }
  }
}

export async function settle(
  ports: BookPorts,
  { charge, model }: { charge: Charge; model: PricedModel },
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

export async function giveBack(
  ports: BookPorts,
  charge: Charge,
  model: Pick<CatalogModel, 'name'>,
  reason: RefundReason = 'failed',
): Promise<void> {
  await ports.meter
    .refund(charge, model.name, reason)
    .catch((error: unknown) => ports.onBooksFailed('refund', error));
}

/** Nobody gets this answer; it stands in the log. */
export function callerLeft(cause: unknown): DaypassError {
  return new DaypassError('caller_left', 'The caller left before the answer was whole.', { cause });
}
