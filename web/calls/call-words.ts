import { t } from '../language/t.ts';
import type { BadgeTone } from '../parts/badge.tsx';
import type { LoggedRequest } from './logged-request.ts';

interface Outcome {
  word: string;
  tone: BadgeTone;
}

export function outcomeOf({ status, code }: Pick<LoggedRequest, 'status' | 'code'>): Outcome {
  if (code === null) return { word: t('Answered'), tone: 'success' };
  if (code === 'caller_left') return { word: t('You left'), tone: 'neutral' };
  return status >= 500 ? { word: t('Failed'), tone: 'danger' } : { word: t('Refused'), tone: 'warning' };
}

/** Whether it was charged, and by whose count. */
export function chargeWords({ mark }: Pick<LoggedRequest, 'mark'>): string {
  return chargeByMark[mark]();
}

const chargeByMark: Record<LoggedRequest['mark'], () => string> = {
  metered: () => t('Charged, by the provider’s count of tokens'),
  estimated: () => t('Charged, with tokens estimated, because the provider’s count never came'),
  aborted: () => t('Charged for what was used until you left'),
  refunded: () => t('Not charged: it was refunded'),
  refused: () => t('Not charged'),
};
