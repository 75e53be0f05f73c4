import { type ByProvider, type Catalog, type ChatSettings, providerOf } from '../catalog.ts';
import type { Clock } from '../clock.ts';
import { DaypassError } from '../errors.ts';
import { findChatModel, requireAllowedModel } from '../find-model.ts';
import type { KeyInHand } from '../keys/find-key.ts';
import { requireAllowedHost } from '../metering/charge.ts';
import { rateLimitHeaders } from '../metering/headers.ts';
import { secondsUntil, windowAt } from '../metering/windows.ts';
import type { ChatRequest } from './chat.ts';
import type { CountTokens } from './provider.ts';

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
  counters: ByProvider<CountTokens>;
  catalog: Pick<Catalog, 'models' | 'embeddingModels'>;
}

/**
 * A request's tokens as the model's provider counts them. Nothing is charged.
 * @throws DaypassError `unsupported_parameter` for a model that can't count
 */
export async function countTokens(
  ports: CountPorts,
  { counters: { limits } }: KeyInHand,
  { request, origin }: { request: ChatRequest; origin: string | undefined },
): Promise<number> {
  const model = findChatModel(ports.catalog, request.model);
  requireAllowedModel(model, limits.models);
  requireAllowedHost(origin, limits.allowedHosts);
  if (!model.accepts.includes('token-counts')) {
    throw new DaypassError(
      'unsupported_parameter',
      `Tokens can't be counted for '${model.name}'. Choose another model.`,
      { param: 'model' },
    );
  }
  return providerOf(ports.counters, model.provider)(request, model);
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
