import type { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import type { AnswerOf } from '../../../api.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Badge } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/card.tsx';
import { countWords } from '../../../parts/figure-words.ts';
import { secondWords, timeWords } from '../../../time-words.ts';

type Pass = AnswerOf<typeof adminRoutes.getHealth>['reconciler'];

/** It runs every five minutes. */
const lateMs = 20 * 60_000;

export function LastPass({ pass }: { pass: Pass }) {
  return (
    <Card
      title="Reconciler"
      description="Every five minutes it finishes what was interrupted and repairs what differs."
    >
      {pass === null ? (
        <p className="text-ink-soft">It has not run yet.</p>
      ) : (
        <div className="flex flex-col gap-4">
          <Standing pass={pass} />
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2.5">
            <dt className="text-ink-faint">Last pass</dt>
            <dd>
              <time dateTime={pass.at}>{secondWords(pass.at)}</time>,{' '}
              {timeWords(Date.parse(pass.at), Date.now())}
            </dd>
            <dt className="text-ink-faint">Done</dt>
            <dd className="min-w-0">{actionsIn(pass)}</dd>
            <dt className="text-ink-faint">Not finished</dt>
            <dd>
              {pass.failures === 0 ? 'Nothing' : `${countWords(pass.failures)}, tried again by the next pass`}
            </dd>
            <dt className="text-ink-faint">Given up</dt>
            <dd>{pass.parked === 0 ? 'Nothing' : countWords(pass.parked)}</dd>
          </dl>
        </div>
      )}
    </Card>
  );
}

function Standing({ pass }: { pass: NonNullable<Pass> }) {
  if (pass.parked > 0) {
    return (
      <Alert tone="danger" title="An operator has to look at this">
        Something has failed so often that it is no longer tried. Operations, in the documentation, says what
        to do.
      </Alert>
    );
  }
  if (Date.now() - Date.parse(pass.at) > lateMs) {
    return <Alert tone="warning">It has not run for a while, although it should every five minutes.</Alert>;
  }
  if (!pass.complete || pass.failures > 0) return <Badge tone="warning">Goes on with the next pass</Badge>;
  return (
    <div>
      <Badge tone="success">All is well</Badge>
    </div>
  );
}

function actionsIn({ actions }: NonNullable<Pass>) {
  const done = Object.entries(actions);
  if (done.length === 0) return 'Nothing was wrong';
  return (
    <ul>
      {done.map(([kind, count]) => (
        <li key={kind} className="wrap-anywhere">
          {countWords(count)} × {wordsByAction[kind] ?? kind}
        </li>
      ))}
    </ul>
  );
}

const wordsByAction: Readonly<Record<string, string>> = {
  'undo-create': 'an interrupted creation undone',
  'undo-rotate': 'an interrupted rotation undone',
  'undo-change-plan': 'an interrupted change of plan undone',
  'finish-end': 'an interrupted revocation finished',
  'finish-delete-user': 'an account’s deletion finished',
  'go-on-delete-user': 'an account’s deletion taken further',
  'drop-intent': 'a leftover note removed',
  expire: 'a key expired',
  'end-broken': 'a broken key ended',
  bind: 'a key attached to its plan',
  'apply-plan': 'a key given its plan’s new limits',
  'drop-previous': 'an old secret ended after its grace period',
  'delete-orphan': 'a key that nobody had removed',
  suspend: 'a user suspended',
  restore: 'a user resumed',
  hold: 'a suspended user’s keys held',
  release: 'a user’s keys released',
  'end-ownerless': 'a key without a user ended',
  'apply-user-limits': 'a key given its user’s limits',
  'finish-billing': 'a subscription applied',
  close: 'an account closed',
  warn: 'a warning of spend mailed',
  'tell-dormant': 'a user told of a coming closure',
  'tell-end': 'a user to be told of the account’s end',
  tell: 'a user told of a change by mail',
};
