import type { ByProvider, Catalog, ChatSettings } from '../catalog.ts';
import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import { findChatModel, requireAllowedModel } from '../find-model.ts';
import type { KeyInHand } from '../keys/find-key.ts';
import { requireAllowedHost } from '../metering/charge.ts';
import { rateLimitHeaders } from '../metering/headers.ts';
import { secondsUntil, windowAt } from '../metering/windows.ts';
import { findOwnKey, type OwnKeys, type SentKeys } from '../provider-keys/own-key.ts';
import type { ChatRequest } from './chat.ts';
import type { AskOptions, TokenCounter } from './provider.ts';

/**
 * Takes one of a limited number of calls a minute.
 * @param scope whose calls they are
 * @returns false when there is none left
 */
export type TakeCall = (scope: string, limit: number, now: number) => Promise<boolean>;

export interface CountRoomPorts {
  takeCall: TakeCall;
  clock: Clock;
  catalog: { chat: Pick<ChatSettings, 'countTokensPerMinute'> };
}

export interface CountPorts {
  counters: ByProvider<TokenCounter>;
  /** Undefined where no provider takes keys of callers. */
  ownKeys?: OwnKeys | undefined;
  catalog: Pick<Catalog, 'models' | 'embeddingModels'>;
}

/** A request to count, and what it came with. */
export interface Counting extends Omit<AskOptions, 'ownKey'> {
  request: ChatRequest;
  origin: string | undefined;
  sentKeys?: SentKeys | undefined;
}

/**
 * A request's tokens as the model's provider counts them. Nothing is charged.
 * @throws DaypassError `unsupported_parameter` for a model whose tokens nobody counts
 */
export async function countTokens(
  ports: CountPorts,
  { record, counters: { limits } }: KeyInHand,
  { request, origin, sentKeys = {}, ...options }: Counting,
): Promise<number> {
  const model = findChatModel(ports.catalog, request.model);
  requireAllowedModel(model, limits.models);
  requireAllowedHost(origin, limits.allowedHosts);
  const counter = ports.counters[model.provider];
  if (counter === undefined || !model.accepts.includes('token-counts')) {
    throw new DaypassError(
      'unsupported_parameter',
      `Tokens can't be counted for '${model.name}'. Choose another model.`,
      { param: 'model' },
    );
  }
  const { userId, keyId, requiresProviderKey } = record;
  const charge = { userId, keyId, requiresProviderKey };
  const asked = { model, wanted: model, sent: sentKeys, charge };
  const ownKey = await findOwnKey(ports.ownKeys, counter, asked);
  return counter.count(request, model, { ...options, ownKey: ownKey?.secret });
}

/**
 * Takes one of a key's counts in this minute: nothing else limits them.
 * @throws DaypassError `rate_limit_exceeded`
 */
export async function takeCount(
  { takeCall, clock, catalog }: CountRoomPorts,
  { record: { keyId } }: KeyInHand,
): Promise<void> {
  const now = clock.now();
  const limit = catalog.chat.countTokensPerMinute;
  if (await takeCall(`count-tokens#${keyId}`, limit, now)) return;
  const { endsAt } = windowAt('minute', now);
  const standing = { limit, remaining: 0, resetsAt: endsAt };
  throw new DaypassError(
    'rate_limit_exceeded',
    `This key has counted tokens ${limit} times this minute, which is its limit. The next minute begins at ${new Date(endsAt).toISOString()}.`,
    { retryAfterSeconds: secondsUntil(endsAt, now), headers: rateLimitHeaders('requests', standing, now) },
  );
}
