import type { Key } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';
import { When } from '../../../when.tsx';

export function KeyLastUsed({ of: { lastUsedAt } }: { of: Key }) {
  return lastUsedAt === null ? <Never /> : <When time={lastUsedAt} isPast />;
}

/** Nothing for a revoked key: it never reaches its expiry. */
export function KeyExpires({ of: { status, expiresAt } }: { of: Key }) {
  if (status === 'revoked') return <Nothing />;
  return expiresAt === null ? <Never /> : <When time={expiresAt} />;
}

const Never = () => <span className="text-ink-faint">{t('Never')}</span>;

export function Nothing() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">{t('nothing: the key no longer works')}</span>
    </span>
  );
}
