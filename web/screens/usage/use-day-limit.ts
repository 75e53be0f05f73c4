import { isLive, requestsPerDay } from '../../keys/key.ts';
import { useLiveKeys } from '../../keys/use-live-keys.ts';
import { t } from '../../language/t.ts';

/** The requests a day of a key, or of all keys together; undefined where one of them has no limit. */
export function useDayLimit(keyId: string | undefined): { value: number; label: string } | undefined {
  const live = useLiveKeys().data ?? [];
  const limits = live
    .filter((key) => isLive(key) && (keyId === undefined || key.id === keyId))
    .map(requestsPerDay);
  if (limits.length === 0) return undefined;
  let value = 0;
  for (const limit of limits) {
    if (limit === null) return undefined;
    value += limit;
  }
  const label =
    keyId === undefined && limits.length > 1
      ? t('Limit of your keys together: {limit, number} a day', { limit: value })
      : t('Limit of the key: {limit, number} a day', { limit: value });
  return { value, label };
}
