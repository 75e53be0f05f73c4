import { Badge, type BadgeTone } from '../../../parts/badge.tsx';
import type { AdminUser } from '../admin-types.ts';

export const userStatuses = {
  active: { tone: 'success', word: 'Active' },
  unconfirmed: { tone: 'neutral', word: 'Unconfirmed' },
  invited: { tone: 'accent', word: 'Invited' },
  waiting: { tone: 'warning', word: 'Waiting for approval' },
  suspended: { tone: 'danger', word: 'Suspended' },
  deleting: { tone: 'neutral', word: 'Being deleted' },
} satisfies Record<AdminUser['status'] | 'waiting', { tone: BadgeTone; word: string }>;

export function UserStatus({ status }: Pick<AdminUser, 'status'>) {
  const { tone, word } = userStatuses[status];
  return <Badge tone={tone}>{word}</Badge>;
}
