import { waitWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import type { Answer } from './answer.ts';
import { useClock } from './use-clock.ts';

/** How long a pause must be before it is shown. */
const silenceMs = 4000;

/** Shows that the answer is still on its way. The Announcer reports its start and end. */
export function AnswerWait({ answer: { phase, sentAt, lastAt } }: { answer: Answer }) {
  const now = useClock(true);
  const silentMs = now - (lastAt ?? sentAt);
  if (phase === 'coming' && silentMs < silenceMs) return null;
  const words = phase === 'waiting' ? t('Waiting for the first words') : t('Waiting for more');
  return (
    <p className="flex items-center gap-2.5 text-ink-faint">
      <span aria-hidden className="flex gap-1">
        {dots.map((delay) => (
          <span key={delay} className={`size-1.5 animate-pulse rounded-full bg-ink-faint ${delay}`} />
        ))}
      </span>
      {words}
      {silentMs >= 1000 && <span className="tabular-nums">· {waitWords(Math.floor(silentMs / 1000))}</span>}
    </p>
  );
}

const dots = ['[animation-delay:0ms]', '[animation-delay:200ms]', '[animation-delay:400ms]'];
