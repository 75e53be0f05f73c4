import { type ByProvider, type Catalog, type EmbeddingModel, providerOf } from '../catalog.ts';
import type { EmbeddingBody } from '../contract/chat/embeddings.ts';
import { callerLeft, hasLeft, isOver } from '../end-reason.ts';
import { DaypassError, type ErrorCode } from '../errors.ts';
import { findEmbeddingModel, knownName } from '../find-model.ts';
import { beforeCharge, type ChargedCall, takeCharge } from '../metering/charge.ts';
import { chargeHeaders } from '../metering/headers.ts';
import type { Charge, Mark, MeterPorts } from '../metering/ports.ts';
import { liftAfterCharge, refund, settle } from '../metering/settle.ts';
import { noTokens } from '../metering/token-usage.ts';
import {
  findOwnKey,
  isOwnKeyRequired,
  type OwnKey,
  type OwnKeys,
  type SentKeys,
} from '../provider-keys/own-key.ts';
import type { EmbeddingProvider } from './provider.ts';
import { inputsOf, requireFitting } from './require-fitting.ts';

export interface EmbeddingPorts extends MeterPorts {
  providers: ByProvider<EmbeddingProvider>;
  /** Undefined where no provider takes keys of callers. */
  ownKeys?: OwnKeys | undefined;
  catalog: Pick<Catalog, 'models' | 'embeddingModels'>;
}

export interface MeteredEmbeddings {
  /** `x-ratelimit-*` after this call, and the model that answers. */
  headers: Record<string, string>;
  /** The vectors. The call is settled exactly once before this resolves or rejects. */
  answer: Promise<Embeddings>;
}

export interface Embeddings {
  model: EmbeddingModel;
  vectors: number[][];
  inputTokens: number;
}

export interface EmbeddingCall extends ChargedCall {
  /** Aborts when the caller has left or the time for the answer is over: see end-reason.ts. */
  signal: AbortSignal;
  sentKeys?: SentKeys | undefined;
}

/** Enough to be quick with a long list, and few enough for the model's own limits. */
const concurrentCalls = 8;

/**
 * Charges a call, then embeds its texts. A call that fails is refunded. When the caller leaves, what was embedded so far
 * stays charged.
 * @throws DaypassError before a model is asked, and from the answer
 */
export async function embed(
  ports: EmbeddingPorts,
  call: EmbeddingCall,
  body: EmbeddingBody,
): Promise<MeteredEmbeddings> {
  const refused = { ...call, model: knownName(ports.catalog, body.model) };
  const model = await beforeCharge(ports, refused, () => {
    const found = findEmbeddingModel(ports.catalog, body.model);
    requireDimensions(found, body.dimensions ?? undefined);
    requireFitting(found, body.input);
    return found;
  });
  const charge = await takeCharge(ports, call, model);
  const ownKey = await ownKeyFor(ports, { call, charge, model });
  return {
    headers: headersOf(ports, charge, model),
    answer: embedAll(ports, { call, charge, model, ownKey }, body),
  };
}

interface Charged {
  call: EmbeddingCall;
  charge: Charge;
  model: EmbeddingModel;
}

/** @throws DaypassError for a call that is refunded, since no provider was asked */
async function ownKeyFor(ports: EmbeddingPorts, { call, charge, model }: Charged) {
  const provider = providerOf(ports.providers, model.provider);
  const asked = { model, wanted: model, charge, sent: call.sentKeys ?? {} };
  try {
    return await findOwnKey(ports.ownKeys, provider, asked);
  } catch (error) {
    await refund(ports, charge, model, error, reasonOf(error));
    throw error;
  }
}

const reasonOf = (error: unknown) => (isOwnKeyRequired(error) ? 'refused' : 'failed');

async function embedAll(
  ports: EmbeddingPorts,
  { call, charge, model, ownKey }: Charged & { ownKey: OwnKey | undefined },
  body: EmbeddingBody,
): Promise<Embeddings> {
  const inputs = inputsOf(body.input);
  let inputTokens = 0;
  const settleAs = (mark: Mark, code?: ErrorCode) => {
    const usage = { ...noTokens, input: inputTokens };
    // The caller pays the provider for what is asked with a key of theirs.
    const factor = ownKey === undefined ? 1 : 0;
    const providerKey = model.provider === 'bedrock' ? undefined : (ownKey?.from ?? 'operator');
    return Promise.all([
      settle(ports, { charge, model }, { usage, mark, firstTokenAt: undefined, factor, providerKey, code }),
      liftAfterCharge(ports, charge),
    ]);
  };
  try {
    const batches = providerOf(ports.providers, model.provider).prepare(inputs, model, {
      dimensions: body.dimensions ?? undefined,
      encoding: body.encoding_format ?? 'float',
    });
    const answers = await inTurns(batches, async (batch) => {
      call.signal.throwIfAborted();
      const embedded = await batch.embed({ signal: call.signal, ownKey: ownKey?.secret });
      inputTokens += embedded.inputTokens;
      return embedded.vectors;
    });
    const vectors = answers.flat();
    if (vectors.length !== inputs.length) {
      throw new DaypassError('model_failed', 'The model left texts out. Try again.');
    }
    await settleAs('metered');
    return { model, vectors, inputTokens };
  } catch (error) {
    if (!hasLeft(call.signal)) {
      const failure = isOver(call.signal) ? call.signal.reason : error;
      await refund(ports, charge, model, failure, reasonOf(failure));
      throw failure;
    }
    await settleAs('aborted', 'caller_left');
    throw callerLeft(error);
  }
}

function headersOf({ clock }: EmbeddingPorts, charge: Charge, { name }: EmbeddingModel) {
  return { ...chargeHeaders(charge, clock.now()), 'x-daypass-model': name };
}

function requireDimensions({ name, dimensions }: EmbeddingModel, wanted: number | undefined): void {
  if (wanted === undefined || dimensions.includes(wanted)) return;
  if (dimensions.length === 0) {
    throw new DaypassError(
      'unsupported_parameter',
      `'${name}' does not take dimensions. Leave the field out.`,
      { param: 'dimensions' },
    );
  }
  throw new DaypassError(
    'invalid_request',
    `'${name}' gives vectors of ${dimensions.join(', ')} dimensions.`,
    { param: 'dimensions' },
  );
}

/** Results in the order of the work, a few at a time. */
async function inTurns<In, Out>(work: readonly In[], run: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (let at = 0; at < work.length; at += concurrentCalls) {
    results.push(...(await Promise.all(work.slice(at, at + concurrentCalls).map(run))));
  }
  return results;
}
