import { Badge, type BadgeTone } from '../../../parts/badge.tsx';
import type { AdminUser } from '../admin-types.ts';

export const userStatuses: Record<AdminUser['status'], { tone: BadgeTone; word: string }> = {
  active: { tone: 'success', word: 'Active' },
  unconfirmed: { tone: 'neutral', word: 'Unconfirmed' },
  invited: { tone: 'accent', word: 'Invited' },
  suspended: { tone: 'danger', word: 'Suspended' },
  deleting: { tone: 'neutral', word: 'Being deleted' },
};

export function UserStatus({ status }: Pick<AdminUser, 'status'>) {
  const { tone, word } = userStatuses[status];
  return <Badge tone={tone}>{word}</Badge>;
}
