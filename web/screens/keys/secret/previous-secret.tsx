import type { Key } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';
import { dateAndTimeWords, timeWords } from '../../../language/time-words.ts';
import { Alert } from '../../../parts/alert.tsx';

interface PreviousSecretProps {
  of: Pick<Key, 'previousValueEndsAt'>;
  /** The last characters of the old secret, where they are known. */
  replaced?: string;
}

/** Until when the secret before the last rotation works; nothing once it doesn't. */
export function PreviousSecret({ of: { previousValueEndsAt }, replaced }: PreviousSecretProps) {
  if (previousValueEndsAt === null) {
    return replaced === undefined ? null : (
      <Alert tone="info">{t('The old secret …{end} has stopped working.', { end: replaced })}</Alert>
    );
  }
  const time = Date.parse(previousValueEndsAt);
  const until = { time: dateAndTimeWords(time), when: timeWords(time, Date.now()) };
  return (
    <Alert tone="info">
      {replaced === undefined
        ? t('The previous secret works until {time} ({when}). Both count as one key.', {
            time: until.time,
            when: until.when,
          })
        : t('The old secret …{end} works until {time} ({when}). Both count as one key.', {
            end: replaced,
            time: until.time,
            when: until.when,
          })}
    </Alert>
  );
}
