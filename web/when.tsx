import { dateAndTimeWords, timeWords } from './time-words.ts';

/** A short relative time, with the full one as a tooltip, which some page must show in full. */
export function When({ time, isPast = false }: { time: string; isPast?: boolean }) {
  const now = Date.now();
  // Clocks differ: never show something past as in the future.
  const at = isPast ? Math.min(Date.parse(time), now) : Date.parse(time);
  return (
    <time dateTime={time} title={dateAndTimeWords(at)}>
      {timeWords(at, now)}
    </time>
  );
}
