import { Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { countWords, dollarWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { dateAndTimeWords } from '../../../language/time-words.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';
import { Card } from '../../../parts/card.tsx';
import type { AdminUserInFull } from '../admin-types.ts';
import { planWords } from '../users/plan-words.ts';
import { UserStatus } from '../users/user-status.tsx';
import { AllowedPlans } from './allowed-plans.tsx';
import { AuthenticatorOff } from './authenticator-off.tsx';
import { UserEnd } from './user-end.tsx';
import { UserLimits } from './user-limits.tsx';

export function UserFacts({ of: user, isMe }: { of: AdminUserInFull; isMe: boolean }) {
  const [plans, setPlans] = useState({ turn: 0, isOpen: false });
  const [end, setEnd] = useState({ turn: 0, isOpen: false });
  const [limits, setLimits] = useState({ turn: 0, isOpen: false });
  const [app, setApp] = useState({ turn: 0, isOpen: false });
  return (
    <Card title={t('Details')}>
      <dl className="grid items-baseline gap-x-6 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-y-2.5">
        <Fact name={t('Status')}>
          <span className="flex flex-wrap items-baseline gap-2">
            <UserStatus status={user.status} />
            {!user.emailVerified && <Badge tone="warning">{t('Address not confirmed')}</Badge>}
            {user.closedBecause !== null && (
              <span className="text-ink-soft text-sm">
                {user.closedBecause === 'ended'
                  ? t('Closed: its end had come.')
                  : t('Closed: it was not used.')}
              </span>
            )}
            {isMe && <span className="text-ink-soft text-sm">{t('This is you.')}</span>}
          </span>
        </Fact>
        <Fact name={t('May pick')}>
          <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <span className="wrap-anywhere min-w-0">{planWords(user)}</span>
            <Button
              size="small"
              icon={<Pencil aria-hidden />}
              onClick={() => setPlans(({ turn }) => ({ turn: turn + 1, isOpen: true }))}
            >
              {t('Change plans')}
            </Button>
          </span>
        </Fact>
        <Fact name={t('All keys together')}>
          <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <span className="min-w-0">{windowWords(user)}</span>
            <Button
              size="small"
              icon={<Pencil aria-hidden />}
              onClick={() => setLimits(({ turn }) => ({ turn: turn + 1, isOpen: true }))}
            >
              {t('Change limits')}
            </Button>
          </span>
        </Fact>
        {user.authenticator === 'on' && (
          <Fact name={t('Authenticator app')}>
            <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              {t('Each login asks for a code')}
              {!isMe && (
                <Button size="small" onClick={() => setApp(({ turn }) => ({ turn: turn + 1, isOpen: true }))}>
                  {t('Turn off')}
                </Button>
              )}
            </span>
          </Fact>
        )}
        {user.groups.length > 0 && <Fact name={t('Groups')}>{user.groups.join(', ')}</Fact>}
        <Fact name={t('Ends')}>
          <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            {user.endsAt === null ? t('Never') : dateAndTimeWords(Date.parse(user.endsAt))}
            <Button
              size="small"
              icon={<Pencil aria-hidden />}
              onClick={() => setEnd(({ turn }) => ({ turn: turn + 1, isOpen: true }))}
            >
              {t('Change end')}
            </Button>
          </span>
        </Fact>
        <Fact name={t('Last seen')}>
          {user.lastSeenAt === null ? t('Unknown') : dateAndTimeWords(Date.parse(user.lastSeenAt))}
        </Fact>
        <Fact name={t('Created')}>{dateAndTimeWords(Date.parse(user.createdAt))}</Fact>
        <Fact name={t('ID')}>
          <span className="flex min-w-0 items-center gap-1">
            <code className="wrap-anywhere min-w-0 font-mono text-sm">{user.id}</code>
            <CopyButton text={user.id} label={t('Copy user ID')} />
          </span>
        </Fact>
      </dl>
      <AllowedPlans
        key={`plans ${plans.turn}`}
        of={user}
        open={plans.isOpen}
        onClose={() => setPlans(({ turn }) => ({ turn, isOpen: false }))}
      />
      <UserEnd
        key={`end ${end.turn}`}
        of={user}
        open={end.isOpen}
        onClose={() => setEnd(({ turn }) => ({ turn, isOpen: false }))}
      />
      <UserLimits
        key={`limits ${limits.turn}`}
        of={user}
        open={limits.isOpen}
        onClose={() => setLimits(({ turn }) => ({ turn, isOpen: false }))}
      />
      <AuthenticatorOff
        key={`app ${app.turn}`}
        of={user}
        open={app.isOpen}
        onClose={() => setApp(({ turn }) => ({ turn, isOpen: false }))}
      />
    </Card>
  );
}

/** Each limit with what is used of it. */
function windowWords({ windows }: AdminUserInFull): string {
  if (windows.length === 0) return t('No limit beyond each key’s plan');
  return windows
    .map(({ unit, window, limit, used }) => {
      const words = unit === 'dollars' ? dollarWords : countWords;
      return t(
        '{used} of {limit} {unit, select, requests {requests used} tokens {tokens used} other {spent}} this {window, select, minute {minute} hour {hour} day {day} week {week} other {month}}',
        { used: words(used), limit: words(limit), unit, window },
      );
    })
    .join('; ');
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="wrap-anywhere mb-2.5 min-w-0 last:mb-0 sm:mb-0">{children}</dd>
    </>
  );
}
