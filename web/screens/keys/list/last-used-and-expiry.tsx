import { dateAndTimeWords, timeWords } from '../../../time-words.ts';
import { isLive, type Key } from '../key.ts';

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

export function Nothing() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">nothing: the key no longer works</span>
    </span>
  );
}
