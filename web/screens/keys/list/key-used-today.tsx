import { isLive, type Key, requestsPerDay } from '../../../keys/key.ts';
import { countWords } from '../../../parts/figure-words.ts';
import { Meter } from '../../../parts/meter.tsx';
import { Nothing } from './last-used-and-expiry.tsx';

/** Today's usage; nothing for a key that has ended. */
export function KeyToday({ of: key }: { of: Key }) {
  if (!isLive(key)) return <Nothing />;
  const limit = requestsPerDay(key);
  if (limit === null || key.remaining === null)
    return <p className="text-ink-soft text-xs tabular-nums">{countWords(key.used)}, no limit</p>;
  return (
    <>
      <p className="mb-1 text-ink-soft text-xs tabular-nums">
        {countWords(key.used)} of {countWords(limit)}
        <span className="text-ink-faint"> · {countWords(key.remaining)} left</span>
      </p>
      <Meter look="bar" label={`Requests of ${key.name} today`} used={key.used} limit={limit} />
    </>
  );
}
