import { ExternalLink } from 'lucide-react';
import type { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import type { AnswerOf } from '../../../api.ts';
import { t } from '../../../language/t.ts';
import { timeWords } from '../../../language/time-words.ts';
import { Badge, type BadgeTone } from '../../../parts/badge.tsx';
import { textLinkStyle } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { useConsole } from '../../../shell/console-context.ts';
import { alarmWords } from './alarm-words.ts';

type Alarms = AnswerOf<typeof adminRoutes.getHealth>['alarms'];
type Alarm = NonNullable<Alarms>[number];

export function AlarmStates({ alarms }: { alarms: Alarms }) {
  return (
    <Card title={t('Alarms')} description={t('What CloudWatch watches. An operator may be mailed by it.')}>
      {alarms === null ? (
        <p className="mb-4 text-ink-soft">{t('CloudWatch did not say what state they are in.')}</p>
      ) : (
        <ul className="mb-4 grid gap-x-6 gap-y-3 sm:grid-cols-[auto_auto_minmax(0,1fr)]">
          {alarms.map((alarm) => (
            <AlarmRow key={alarm.name} alarm={alarm} />
          ))}
        </ul>
      )}
      <CloudWatchLink />
    </Card>
  );
}

const states = {
  ok: { tone: 'success', word: () => t('OK') },
  alarm: { tone: 'danger', word: () => t('Alarm') },
  insufficient_data: { tone: 'neutral', word: () => t('No data') },
} satisfies Record<Alarm['state'], { tone: BadgeTone; word: () => string }>;

function AlarmRow({ alarm: { name, what, state, since } }: { alarm: Alarm }) {
  const { tone, word } = states[state];
  return (
    <li className="flex gap-x-3 sm:col-span-3 sm:grid sm:grid-cols-subgrid">
      <span className="w-24 shrink-0 sm:w-auto">
        <Badge tone={tone}>{word()}</Badge>
      </span>
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 sm:contents">
        <span>{alarmWords(name) ?? <span lang="en">{what}</span>}</span>
        {since !== null && (
          <time dateTime={since} className="text-ink-faint text-sm">
            {t('changed {since}', { since: timeWords(Date.parse(since), Date.now()) })}
          </time>
        )}
      </span>
    </li>
  );
}

/** Their history is there alone. */
function CloudWatchLink() {
  const { region } = useConsole().config;
  return (
    <a
      href={`https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:`}
      target="_blank"
      rel="noreferrer"
      className={`${textLinkStyle} inline-flex items-center gap-1.5`}
    >
      {t('Open the alarms in CloudWatch')}
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  );
}
