import type { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { missingPassMinutes } from '../../../../core/contract/admin/reconciler-times.ts';
import type { AnswerOf } from '../../../api.ts';
import { countWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { secondWords, timeWords } from '../../../language/time-words.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/card.tsx';
import { repairWords } from './repair-words.ts';

type Health = AnswerOf<typeof adminRoutes.getHealth>;
type Pass = Health['reconciler'];

const lateMs = missingPassMinutes * 60_000;

export function LastPass({ pass, paused }: { pass: Pass; paused: Health['paused'] }) {
  return (
    <Card
      title={t('Reconciler')}
      description={t('Every five minutes it finishes what was interrupted and repairs what differs.')}
    >
      {paused !== null && <PauseNote paused={paused} />}
      {pass === null ? (
        <p className="text-ink-soft">{t('It has not run yet.')}</p>
      ) : (
        <div className="flex flex-col gap-4">
          {paused === null && <Standing pass={pass} />}
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2.5">
            <dt className="text-ink-faint">{t('Last pass')}</dt>
            <dd>
              <time dateTime={pass.at}>{secondWords(pass.at)}</time>,{' '}
              {timeWords(Date.parse(pass.at), Date.now())}
            </dd>
            <dt className="text-ink-faint">{t('Done')}</dt>
            <dd className="min-w-0">{actionsIn(pass)}</dd>
            <dt className="text-ink-faint">{t('Not finished')}</dt>
            <dd>
              {pass.failures === 0
                ? t('Nothing')
                : t('{failures}, tried again by the next pass', { failures: countWords(pass.failures) })}
            </dd>
            <dt className="text-ink-faint">{t('Given up')}</dt>
            <dd>{pass.parked === 0 ? t('Nothing') : countWords(pass.parked)}</dd>
          </dl>
        </div>
      )}
    </Card>
  );
}

function PauseNote({ paused: { since, by, reason } }: { paused: NonNullable<Health['paused']> }) {
  return (
    <div className="mb-4">
      <Alert tone="warning" title={t('Paused by an operator')}>
        <p>
          {t('It has done nothing since {since}. {by} paused it; npm run reconcile -- --resume ends that.', {
            since: secondWords(since),
            by,
          })}
        </p>
        {reason !== null && <p className="wrap-anywhere">{reason}</p>}
      </Alert>
    </div>
  );
}

function Standing({ pass }: { pass: NonNullable<Pass> }) {
  if (pass.parked > 0) {
    return (
      <Alert tone="danger" title={t('An operator has to look at this')}>
        {t(
          'Something has failed so often that it is no longer tried. Operations, in the documentation, says what to do.',
        )}
      </Alert>
    );
  }
  if (Date.now() - Date.parse(pass.at) > lateMs) {
    return (
      <Alert tone="warning">{t('It has not run for a while, although it should every five minutes.')}</Alert>
    );
  }
  if (!pass.complete || pass.failures > 0)
    return <Badge tone="warning">{t('Goes on with the next pass')}</Badge>;
  return (
    <div>
      <Badge tone="success">{t('All is well')}</Badge>
    </div>
  );
}

function actionsIn({ actions }: NonNullable<Pass>) {
  const done = Object.entries(actions);
  if (done.length === 0) return t('Nothing was wrong');
  return (
    <ul>
      {done.map(([kind, count]) => (
        <li key={kind} className="wrap-anywhere">
          {countWords(count)} × {repairWords[kind]?.() ?? kind}
        </li>
      ))}
    </ul>
  );
}
