import type { CatalogModel, ProviderName } from '../catalog.ts';
import { callerLeft, hasLeft, isOver, timeIsOver } from '../end-reason.ts';
import { codeOf, DaypassError } from '../errors.ts';
import type { Charge, MeterPorts } from '../metering/ports.ts';
import { liftAfterCharge, refund, settle } from '../metering/settle.ts';
import type { TokenUsage } from '../metering/token-usage.ts';
import type { OwnKey } from '../provider-keys/own-key.ts';
import type { AnswerEvents } from './answer/steps.ts';
import type { ChatEvent, ChatRequest } from './chat.ts';
import { createSpeechCount } from './estimate-usage.ts';

export interface AnswerPorts extends MeterPorts {
  /** Told of a stop reason that this version doesn't know. */
  onUnknownStop(stop: UnknownStop): void;
}

export interface UnknownStop {
  requestId: string;
  /** Public name. */
  model: string;
  provider: ProviderName;
  /** The provider's own word. */
  stopReason: string | undefined;
}

export interface RunningCall {
  charge: Charge;
  model: CatalogModel;
  /** Public name of the model that was asked for. */
  wanted?: string | undefined;
  request: ChatRequest;
  /** What it was asked with, if not with the operator's key. */
  ownKey?: OwnKey | undefined;
  /** Ends generation. */
  abort: AbortController;
  /** Whether the answer is sent as it comes. */
  streamed: boolean;
  /** Aborts when the caller has left or the time for the answer is over: see end-reason.ts. */
  signal?: AbortSignal | undefined;
  /** The price factor of the tier that answered; undefined: the one that was requested. */
  factorOf(serviceTier: string | undefined): number;
}

/**
 * Passes an answer on, and settles its call exactly once, before the answer ends, however it ends. When its time is over,
 * the call is settled even if the reader has paused, since the function may not live until it reads on.
 */
export function settleAtEnd(ports: AnswerPorts, call: RunningCall, answer: AnswerEvents): AnswerEvents {
  const { signal } = call;
  const speech = createSpeechCount();
  let firstTokenAt: number | undefined;
  let lifting: Promise<void> | undefined;
  let counted: TokenUsage | undefined;
  let serviceTier: string | undefined;
  let stopped = false;
  let closed: Promise<void> | undefined;

  const close = async (ending: 'whole' | 'failed' | 'left', failure?: unknown) => {
    signal?.removeEventListener('abort', closeInTime);
    if (ending !== 'whole') call.abort.abort();
    // A whole answer that fails leaves the caller with nothing.
    const delivered = call.streamed && !speech.isSilent;
    if (ending === 'failed' && !delivered) return refund(ports, call.charge, call.model, failure);
    const usage = counted ?? speech.estimate(call.request);
    const guess = ending === 'left' ? 'aborted' : 'estimated';
    // With a key of their own, callers pay the provider themselves.
    const factor = call.ownKey === undefined ? call.factorOf(serviceTier) : 0;
    const providerKey = call.model.provider === 'bedrock' ? undefined : (call.ownKey?.from ?? 'operator');
    const failed = ending === 'failed' ? codeOf(failure) : undefined;
    const code = ending === 'left' ? 'caller_left' : failed;
    lifting ??= liftAfterCharge(ports, call.charge);
    const mark = counted ? 'metered' : guess;
    await settle(ports, call, { usage, mark, firstTokenAt, factor, providerKey, code });
    await lifting;
  };
  const note = (event: ChatEvent) => {
    if (event.type === 'stop') {
      stopped = true;
      if (event.reason === 'unknown') ports.onUnknownStop(unknownStopOf(call, event));
    } else if (event.type === 'usage') ({ usage: counted, serviceTier } = event);
    else if ('part' in event) {
      firstTokenAt ??= ports.clock.now();
      speech.add(event);
    }
  };
  const closeInTime = () => {
    if (isOver(signal)) closed ??= close('failed', signal?.reason);
  };
  signal?.addEventListener('abort', closeInTime);

  async function* events(): AnswerEvents {
    let ending: 'whole' | 'failed' | 'left' = 'left';
    let failure: unknown;
    try {
      for await (const came of answer) {
        // Events that come after settling are not passed on.
        if (closed !== undefined) break;
        for (const event of came) note(event);
        yield came;
        // In parallel with the answer, which must not wait for API Gateway's control plane.
        if (firstTokenAt !== undefined) lifting ??= liftAfterCharge(ports, call.charge);
      }
      if (closed !== undefined) throw timeIsOver();
      if (!stopped) throw new DaypassError('model_failed', 'The model’s answer broke off. Try again.');
      ending = 'whole';
      // The caller always gets a count, and the same one that is settled.
      if (counted === undefined) yield [{ type: 'usage', usage: speech.estimate(call.request) }];
    } catch (error) {
      if (hasLeft(signal)) throw callerLeft(error);
      ending = 'failed';
      failure = isOver(signal) ? signal?.reason : error;
      throw failure;
    } finally {
      // Also reached when the reader leaves early: that ends generation and settles what was used.
      closed ??= close(ending, failure);
      await closed;
    }
  }
  return events();
}

function unknownStopOf(
  { charge, model }: RunningCall,
  { providerReason }: Extract<ChatEvent, { type: 'stop' }>,
): UnknownStop {
  const { name, provider } = model;
  return { requestId: charge.requestId, model: name, provider, stopReason: providerReason };
}
