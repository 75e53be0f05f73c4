import type { keyRoutes } from '../../core/contract/api-keys.ts';
import type { AnswerOf } from '../api.ts';

export type Key = AnswerOf<typeof keyRoutes.getApiKey>;
export type NewKey = AnswerOf<typeof keyRoutes.createApiKey>;

/** For the query cache: only the dialog may hold the secret. */
export function withoutValue({ key: _value, ...rest }: NewKey): Key {
  return rest;
}

/** Works, or is about to: neither revoked nor expired. */
export const isLive = ({ status }: Pick<Key, 'status'>): boolean =>
  status === 'active' || status === 'activating';

/** Live keys first, then the others, each in their given order. */
export const liveFirst = (keys: readonly Key[]): Key[] =>
  [...keys].sort((one, other) => Number(isLive(other)) - Number(isLive(one)));

/** null: the plan has no limit. */
export const requestsPerDay = ({ limits, used, remaining }: Key): number | null =>
  limits.requestsPerDay ?? (remaining === null ? null : used + remaining);
