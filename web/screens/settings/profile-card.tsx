import type { ReactNode } from 'react';
import type { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import type { AnswerOf } from '../../api.ts';
import { dollarWords } from '../../language/number-words.ts';
import { t } from '../../language/t.ts';
import { dateWords } from '../../language/time-words.ts';
import { limitWords } from '../../limit-words.ts';
import { Alert } from '../../parts/alert.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadingRows } from '../../parts/skeleton.tsx';
import type { useMe } from '../../shell/session/use-me.ts';

type Me = AnswerOf<typeof accountRoutes.getMe>;

export function ProfileCard({ me }: { me: ReturnType<typeof useMe> }) {
  return (
    <Card title={t('Profile')} padded={false}>
      {me.isPending && <LoadingRows label={t('Loading your profile')} />}
      {me.data !== undefined && <Profile me={me.data} />}
      {me.isError && me.data === undefined && (
        <ErrorState
          title={t('Your profile could not be loaded')}
          error={me.error}
          onRetry={() => void me.refetch()}
          busy={me.isFetching}
        />
      )}
    </Card>
  );
}

function Profile({ me }: { me: Me }) {
  const limits = [...limitWords(me.limits.allKeys ?? {}), ...me.limits.spend.map(spendWords)];
  return (
    <>
      {me.status !== 'active' && (
        <div className="px-4 pt-4 sm:px-5">
          {me.status === 'waiting' ? (
            <Alert tone="warning" title={t('An admin has to approve this account first')}>
              {t('Until then, no keys can be created. You can log out and come back later.')}
            </Alert>
          ) : (
            <Alert
              tone="warning"
              title={t(
                'This account is {status, select, suspended {suspended} deleting {deleting} other {{status}}}',
                { status: me.status },
              )}
            >
              {t('Its keys don’t work, and no new ones can be created. Ask the operator of this service.')}
            </Alert>
          )}
        </div>
      )}
      <dl className="divide-y divide-line">
        <Row name={t('E-mail address')}>
          <span className="wrap-anywhere mr-2">{me.email}</span>
          {!me.emailVerified && <Badge tone="warning">{t('not confirmed')}</Badge>}
        </Row>
        <Row name={t('Member since')}>
          <time dateTime={me.createdAt}>{dateWords(Date.parse(me.createdAt))}</time>
        </Row>
        {me.groups.length > 0 && (
          <Row name={t('Groups')}>
            <Words of={me.groups} />
          </Row>
        )}
        <Row name={t('Plans')}>
          {me.plans.length === 0 ? (
            t('None yet. Ask the operator of this service for one.')
          ) : (
            <PlanList me={me} />
          )}
        </Row>
        <Row name={t('All keys together')}>
          {limits.length === 0 ? t('No limit beyond each key’s plan') : <Words of={limits} />}
        </Row>
      </dl>
    </>
  );
}

const spendWords = ({ window, limit, used }: Me['limits']['spend'][number]) =>
  t('{limit} a {window, select, day {day} other {month}}, of which {used} is spent', {
    limit: dollarWords(limit),
    window,
    used: dollarWords(used),
  });

function PlanList({ me }: { me: Me }) {
  return (
    <ul className="flex flex-col gap-1">
      {me.plans.map((plan) => (
        <li key={plan} className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-mono text-sm">{plan}</span>
          <span className="text-ink-soft">{keysOfPlan(me.limits.maxKeysPerPlan[plan])}</span>
        </li>
      ))}
    </ul>
  );
}

function Words({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 px-4 py-3 sm:grid-cols-[11rem_minmax(0,1fr)] sm:px-5">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function keysOfPlan(most: number | undefined): string {
  if (most === undefined) return '';
  return t('{most, plural, =1 {one active key} other {up to # active keys}}', { most });
}
