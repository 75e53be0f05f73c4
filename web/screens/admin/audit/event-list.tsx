import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../language/t.ts';
import { dateAndTimeWords, secondWords } from '../../../language/time-words.ts';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import type { AuditEvent } from '../admin-types.ts';
import { detailWords } from './detail-words.ts';
import { actionWords, actorWords } from './event-words.ts';

/** Each opens to all that is known of it. */
export function EventList({ events }: { events: readonly AuditEvent[] }) {
  return (
    <ul aria-label={t('Events')} className="divide-y divide-line">
      {events.map((event) => (
        <EventRow key={event.id} event={event} />
      ))}
    </ul>
  );
}

function EventRow({ event }: { event: AuditEvent }) {
  const { at, action, actor, subject } = event;
  return (
    <li>
      <Collapsible.Root>
        <Collapsible.Trigger className="group flex w-full items-center gap-x-3 px-4 py-2.5 text-left -outline-offset-2 transition-colors hover:bg-sunken/70 sm:px-5 touch:min-h-11">
          <span className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 md:grid-cols-[12.5rem_13rem_minmax(0,1fr)_minmax(0,1fr)] md:items-center">
            <time
              dateTime={at}
              title={dateAndTimeWords(Date.parse(at))}
              className="whitespace-nowrap text-ink-soft text-sm tabular-nums"
            >
              {secondWords(at)}
            </time>
            <span className="min-w-0 truncate font-medium">{actionWords[action]?.() ?? action}</span>
            <span className="min-w-0 truncate text-sm">
              <span className="text-ink-faint">{t('of')} </span>
              {subject.email ?? subject.userId}
            </span>
            <span className="min-w-0 truncate text-sm">
              <span className="text-ink-faint">{t('by')} </span>
              {actorWords(actor)}
            </span>
          </span>
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
          />
        </Collapsible.Trigger>
        <Collapsible.Panel className="border-line border-t bg-canvas px-4 py-4 sm:px-5">
          <EventDetails event={event} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}

function EventDetails({ event: { actor, subject, detail, address, requestId } }: { event: AuditEvent }) {
  const details = detailWords(detail);
  const isOfUser = actor.as === 'user' || actor.as === 'admin';
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
      <Detail label={t('User')}>
        <TextLink to={`/admin/users/${subject.userId}`}>{subject.email ?? subject.userId}</TextLink>
      </Detail>
      <Detail label={t('Done by')}>
        {isOfUser && actor.id !== null ? (
          <TextLink to={`/admin/users/${actor.id}`}>{actorWords(actor)}</TextLink>
        ) : (
          actorWords(actor)
        )}
        {actor.as === 'admin' && t(', as an admin')}
      </Detail>
      {details !== '' && <Detail label={t('Details')}>{details}</Detail>}
      {subject.keyId !== null && (
        <Detail label={t('Key ID')}>
          <Code text={subject.keyId} label={t('Copy key ID')} />
        </Detail>
      )}
      <Detail label={t('From address')}>{address ?? t('None: no call did it')}</Detail>
      {requestId !== null && (
        <Detail label={t('Request ID')}>
          <Code text={requestId} label={t('Copy request ID')} />
        </Detail>
      )}
    </dl>
  );
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="wrap-anywhere min-w-0 font-mono text-sm">{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-faint text-sm">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
