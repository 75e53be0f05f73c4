import { Ban, CirclePlay, SearchX, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { ApiError } from '../../../api-error.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { useMe } from '../../../shell/session/use-me.ts';
import type { AdminUserInFull } from '../admin-types.ts';
import { ApproveUser } from './approve-user.tsx';
import { DeleteUser } from './delete-user.tsx';
import { SuspendUser } from './suspend-user.tsx';
import { useUser } from './use-user.ts';
import { UserCalls } from './user-calls.tsx';
import { UserEvents } from './user-events.tsx';
import { UserFacts } from './user-facts.tsx';
import { UserKeys } from './user-keys.tsx';
import { UserUsage } from './user-usage.tsx';

export function UserScreen() {
  const { id = '' } = useParams();
  const user = useUser(id);
  return (
    <>
      <p className="mb-2 text-sm">
        <TextLink to="/admin/users">{t('All users')}</TextLink>
      </p>
      {user.data === undefined ? <NotShown query={user} /> : <Shown key={id} of={user.data} />}
    </>
  );
}

function NotShown({ query }: { query: ReturnType<typeof useUser> }) {
  const isGone = query.error instanceof ApiError && query.error.status === 404;
  return (
    <>
      <PageHeader title={t('User')} />
      <Card padded={false}>
        {query.isPending ? (
          <LoadingRows label={t('Loading the user')} />
        ) : isGone ? (
          <EmptyState
            icon={SearchX}
            title={t('User not found')}
            action={<LinkButton to="/admin/users">{t('All users')}</LinkButton>}
          >
            {t('There is no user at this address. Perhaps the account has been deleted.')}
          </EmptyState>
        ) : (
          <ErrorState
            title={t('The user could not be loaded')}
            error={query.error}
            onRetry={() => void query.refetch()}
            busy={query.isFetching}
          />
        )}
      </Card>
    </>
  );
}

type Question = 'suspend' | 'delete';

function Shown({ of: user }: { of: AdminUserInFull }) {
  const isMe = useMe().data?.id === user.id;
  const [asked, setAsked] = useState<{ question: Question; turn: number }>();
  const [isOpen, setIsOpen] = useState(false);
  const ask = (question: Question) => {
    setAsked((before) => ({ question, turn: (before?.turn ?? 0) + 1 }));
    setIsOpen(true);
  };
  const dialog = asked && { of: user, open: isOpen, onClose: () => setIsOpen(false) };
  const isSuspended = user.status === 'suspended';
  return (
    <>
      <PageHeader
        title={user.email}
        {...(!isMe &&
          user.status !== 'deleting' && {
            actions: (
              <>
                {user.status === 'waiting' && <ApproveUser of={user} />}
                <Button
                  icon={isSuspended ? <CirclePlay aria-hidden /> : <Ban aria-hidden />}
                  onClick={() => ask('suspend')}
                >
                  {isSuspended ? t('Resume') : t('Suspend')}
                </Button>
                <Button icon={<Trash2 aria-hidden />} onClick={() => ask('delete')}>
                  {t('Delete')}
                </Button>
              </>
            ),
          })}
      />
      <div className="flex flex-col gap-5">
        <UserFacts of={user} isMe={isMe} />
        <UserKeys of={user} />
        <UserUsage of={user} />
        <UserCalls of={user} />
        <UserEvents of={user} />
      </div>
      {dialog && asked.question === 'suspend' && <SuspendUser key={asked.turn} {...dialog} />}
      {dialog && asked.question === 'delete' && <DeleteUser key={asked.turn} {...dialog} />}
    </>
  );
}
