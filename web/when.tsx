import { clsx } from 'clsx';
import { dateAndTimeWords, timeWords } from './language/time-words.ts';

interface WhenProps {
  time: string;
  isPast?: boolean;
  /** Within a sentence; otherwise it stands for itself, and begins with a capital letter. */
  isPart?: boolean;
}

/** A short relative time, with the full one as a tooltip, which some page must show in full. */
export function When({ time, isPast = false, isPart = false }: WhenProps) {
  const now = Date.now();
  // Clocks differ: never show something past as in the future.
  const at = isPast ? Math.min(Date.parse(time), now) : Date.parse(time);
  return (
    <time
      dateTime={time}
      title={dateAndTimeWords(at)}
      className={clsx(!isPart && 'inline-block first-letter:uppercase')}
    >
      {timeWords(at, now)}
    </time>
  );
}
