import { isLive, type Key, requestsPerDay } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';
import { Meter } from '../../../parts/meter.tsx';
import { Nothing } from './last-used-and-expiry.tsx';

/** Today's usage; nothing for a key that has ended. */
export function KeyToday({ of: key }: { of: Key }) {
  if (!isLive(key)) return <Nothing />;
  const limit = requestsPerDay(key);
  if (limit === null || key.remaining === null)
    return (
      <p className="text-ink-soft text-xs leading-5 tabular-nums">
        {t('{used, number}, no limit', { used: key.used })}
      </p>
    );
  return (
    <>
      <p className="mb-0.5 text-ink-soft text-xs leading-5 tabular-nums">
        {t('{used, number} of {limit, number}', { used: key.used, limit })}
        <span className="text-ink-faint"> · {t('{count, number} left', { count: key.remaining })}</span>
      </p>
      <Meter
        look="bar"
        label={t('Requests of {name} today', { name: key.name })}
        used={key.used}
        limit={limit}
      />
    </>
  );
}
