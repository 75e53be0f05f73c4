import { type ByProvider, type Catalog, type CatalogModel, providerOf } from '../catalog.ts';
import { ignoredHeaders } from '../contract/ignored-fields.ts';
import { callerLeft, hasLeft, isOver } from '../end-reason.ts';
import { findChatModel, knownName, mayUse } from '../find-model.ts';
import { beforeCharge, type ChargedCall, takeCharge } from '../metering/charge.ts';
import { chargeHeaders } from '../metering/headers.ts';
import { liftAfterCharge, refund, settle } from '../metering/settle.ts';
import { noTokens } from '../metering/token-usage.ts';
import { findOwnKey, isOwnKeyRequired, type OwnKeys, type SentKeys } from '../provider-keys/own-key.ts';
import type { AnswerEvents } from './answer/steps.ts';
import type { ChatRequest } from './chat.ts';
import { estimateInput } from './estimate-usage.ts';
import { candidatesFor, openAnswer } from './open-answer.ts';
import type { Provider } from './provider.ts';
import { chooseTier, tierFactor } from './service-tiers.ts';
import { type AnswerPorts, settleAtEnd } from './settle-at-end.ts';

export interface ChatPorts extends AnswerPorts {
  providers: ByProvider<Provider>;
  /** Undefined where no provider takes keys of callers. */
  ownKeys?: OwnKeys | undefined;
  catalog: Pick<Catalog, 'models' | 'embeddingModels' | 'chat'>;
}

export interface ChatCall extends ChargedCall {
  /** Whether the answer is sent as it comes. */
  streamed: boolean;
  /** Aborts when the caller has left or the time for the answer is over: see end-reason.ts. */
  signal?: AbortSignal | undefined;
  /** Resolves when the response must begin, though nothing may have been said yet. */
  patience: Promise<unknown>;
  sentKeys?: SentKeys | undefined;
  /** The caller's own headers that an upstream's API knows. */
  upstreamHeaders?: Readonly<Record<string, string>> | undefined;
  /** Fields that parsing left out: see ignored-fields.ts. */
  ignored?: readonly string[];
}

export interface MeteredChat {
  /** The model that answers: the one asked for, or one of its fallbacks. */
  model: CatalogModel;
  /** `x-ratelimit-*` after this call, who answered, and which fields had no effect. */
  headers: Record<string, string>;
  /** The answer. It settles the call exactly once, before it ends, however it ends. */
  events: AnswerEvents;
}

/**
 * Charges a call, then asks the model. The charge is refunded if the call fails by our or the provider's fault before the
 * caller has a token. When the caller leaves, generation is aborted at once, and what was used stays charged.
 * @throws DaypassError until the first event
 */
export async function openMeteredChat(
  ports: ChatPorts,
  call: ChatCall,
  request: ChatRequest,
): Promise<MeteredChat> {
  const refused = { ...call, model: knownName(ports.catalog, request.model) };
  const [wanted, [first, ...others]] = await beforeCharge(ports, refused, () => {
    const model = findChatModel(ports.catalog, request.model);
    return [model, candidatesFor(request, model, ports)] as const;
  });
  const charge = await takeCharge(ports, call, wanted);
  const abort = new AbortController();
  const { chat } = ports.catalog;
  const factorOf = (tier: string | undefined) => tierFactor(tier ?? chooseTier(request, chat), chat);
  const running = {
    charge,
    wanted: wanted.name,
    request,
    abort,
    streamed: call.streamed,
    signal: call.signal,
    factorOf,
  };
  let asked = false;
  try {
    call.signal?.throwIfAborted();
    asked = true;
    const anyAbort = AbortSignal.any([abort.signal, ...(call.signal === undefined ? [] : [call.signal])]);
    const candidates = [first, ...others.filter(({ model }) => mayUse(model, charge.models))] as const;
    const { model, events, ignored, ownKey } = await openAnswer(candidates, {
      signal: anyAbort,
      keyFor: (model) =>
        findOwnKey(ports.ownKeys, providerOf(ports.providers, model.provider), {
          model,
          wanted,
          charge,
          sent: call.sentKeys ?? {},
        }),
      headers: call.upstreamHeaders,
      patience: call.patience,
    });
    return {
      model,
      headers: {
        ...chargeHeaders(charge, ports.clock.now()),
        'x-daypass-model': model.name,
        ...ignoredHeaders([...(call.ignored ?? []), ...(request.ignored ?? []), ...ignored]),
      },
      events: settleAtEnd(ports, { ...running, model, ownKey }, events),
    };
  } catch (error) {
    if (!hasLeft(call.signal)) {
      const failure = isOver(call.signal) ? call.signal?.reason : error;
      await refund(ports, charge, wanted, failure, isOwnKeyRequired(failure) ? 'refused' : 'failed');
      throw failure;
    }
    const usage = { ...noTokens, input: asked ? estimateInput(request) : 0 };
    const used = {
      usage,
      mark: 'aborted',
      firstTokenAt: undefined,
      factor: factorOf(undefined),
      code: 'caller_left',
    } as const;
    await Promise.all([
      settle(ports, { charge, model: wanted, streamed: call.streamed }, used),
      liftAfterCharge(ports, charge),
    ]);
    throw callerLeft(error);
  }
}

/**
 * The id of an answer's objects, without the dialect's prefix: the request's id, so that it finds the call in the logs,
 * in characters that need no escaping in a URL. API Gateway's ids are base64 and end with `=`.
 */
export function toAnswerId(requestId: string): string {
  return requestId.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
}
