import type { Key } from '../../../keys/key.ts';
import { Alert } from '../../../parts/alert.tsx';
import { dateAndTimeWords, timeWords } from '../../../time-words.ts';

interface PreviousSecretProps {
  of: Pick<Key, 'previousValueEndsAt'>;
  /** The last characters of the old secret, where they are known. */
  replaced?: string;
}

/** Until when the secret before the last rotation works; nothing once it doesn't. */
export function PreviousSecret({ of: { previousValueEndsAt }, replaced }: PreviousSecretProps) {
  const old = replaced === undefined ? 'The previous secret' : `The old secret …${replaced}`;
  if (previousValueEndsAt === null) {
    return replaced === undefined ? null : <Alert tone="info">{old} has stopped working.</Alert>;
  }
  const end = Date.parse(previousValueEndsAt);
  return (
    <Alert tone="info">
      {old} works until {dateAndTimeWords(end)} ({timeWords(end, Date.now())}). Both count as one key.
    </Alert>
  );
}
