import { waitWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { useClock } from '../answer/use-clock.ts';

/** Beside the composer: why Send is disabled, and how long. */
export function HoldLine({ until }: { until: number }) {
  const now = useClock(true);
  return t('A limit is used up. You can send again in {wait}.', { wait: waitWords((until - now) / 1000) });
}
