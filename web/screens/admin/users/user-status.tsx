import { t } from '../../../language/t.ts';
import { Badge, type BadgeTone } from '../../../parts/badge.tsx';
import type { AdminUser } from '../admin-types.ts';

export const userStatuses = {
  active: { tone: 'success', word: () => t('Active') },
  unconfirmed: { tone: 'neutral', word: () => t('Unconfirmed') },
  invited: { tone: 'accent', word: () => t('Invited') },
  waiting: { tone: 'warning', word: () => t('Waiting for approval') },
  suspended: { tone: 'danger', word: () => t('Suspended') },
  deleting: { tone: 'neutral', word: () => t('Being deleted') },
} satisfies Record<AdminUser['status'] | 'waiting', { tone: BadgeTone; word: () => string }>;

export function UserStatus({ status }: Pick<AdminUser, 'status'>) {
  const { tone, word } = userStatuses[status];
  return <Badge tone={tone}>{word()}</Badge>;
}
