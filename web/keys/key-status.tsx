import type { keyRoutes } from '../../core/contract/api-keys.ts';
import type { AnswerOf } from '../api.ts';
import { t } from '../language/t.ts';
import { Badge, type BadgeTone } from '../parts/badge.tsx';

type Key = AnswerOf<typeof keyRoutes.getApiKey>;

const statuses: Record<Key['status'], { tone: BadgeTone; word: () => string }> = {
  activating: { tone: 'warning', word: () => t('Activating') },
  active: { tone: 'success', word: () => t('Active') },
  revoked: { tone: 'neutral', word: () => t('Revoked') },
  expired: { tone: 'neutral', word: () => t('Expired') },
};

export function KeyStatus({ status }: Pick<Key, 'status'>) {
  const { tone, word } = statuses[status];
  return <Badge tone={tone}>{word()}</Badge>;
}
