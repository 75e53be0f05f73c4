import { Badge, type BadgeTone } from '../../parts/badge.tsx';
import { Meter } from '../../parts/meter.tsx';
import { isLive, type Key, requestsPerDay } from './key.ts';
import { dateAndTimeWords, timeWords } from './time-words.ts';

const statuses: Record<Key['status'], { tone: BadgeTone; word: string }> = {
  activating: { tone: 'warning', word: 'Activating' },
  active: { tone: 'success', word: 'Active' },
  revoked: { tone: 'neutral', word: 'Revoked' },
  expired: { tone: 'neutral', word: 'Expired' },
};

export function KeyStatus({ status }: Pick<Key, 'status'>) {
  const { tone, word } = statuses[status];
  return <Badge tone={tone}>{word}</Badge>;
}

/** Today's usage; nothing for a key that has ended. */
export function KeyToday({ of: key }: { of: Key }) {
  if (!isLive(key)) return <Nothing />;
  const limit = requestsPerDay(key);
  return (
    <>
      <p className="mb-1 text-ink-soft text-xs tabular-nums">
        {key.used.toLocaleString('en')} of {limit.toLocaleString('en')}
        <span className="text-ink-faint"> · {key.remaining.toLocaleString('en')} left</span>
      </p>
      <Meter look="bar" label={`Requests of ${key.name} today`} used={key.used} limit={limit} />
    </>
  );
}

export function KeyLastUsed({ of: key }: { of: Key }) {
  if (!isLive(key)) return <Nothing />;
  return key.lastUsedAt === null ? <Never /> : <When time={key.lastUsedAt} isPast />;
}

/** Nothing for a revoked key: it never reaches its expiry. */
export function KeyExpires({ of: { status, expiresAt } }: { of: Key }) {
  if (status === 'revoked') return <Nothing />;
  return expiresAt === null ? <Never /> : <When time={expiresAt} />;
}

const Never = () => <span className="text-ink-faint">Never</span>;

/** A short relative time, with the full one as a tooltip; the key's own page shows it in full. */
function When({ time, isPast = false }: { time: string; isPast?: boolean }) {
  const now = Date.now();
  // Clocks differ: never show something past as in the future.
  const at = isPast ? Math.min(Date.parse(time), now) : Date.parse(time);
  return (
    <time dateTime={time} title={dateAndTimeWords(at)}>
      {timeWords(at, now)}
    </time>
  );
}

function Nothing() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">nothing: the key no longer works</span>
    </span>
  );
}
