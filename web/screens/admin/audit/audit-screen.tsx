import { Download, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { describeError } from '../../../describe-error.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { Card } from '../../../parts/card.tsx';
import { downloadText } from '../../../parts/download-text.ts';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Select } from '../../../parts/forms/select.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageRows } from '../../../parts/tables/page-rows.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { useAddress } from '../../../shell/use-address.ts';
import { usePages } from '../../../shell/use-pages.ts';
import type { AuditEvent } from '../admin-types.ts';
import { auditCsv } from './audit-csv.ts';
import { EventList } from './event-list.tsx';
import { actionWords } from './event-words.ts';

const eventsPerPage = 50;
const any = 'any';

export function AuditScreen() {
  const { values, isFiltered, choose, clear } = useAddress(['from', 'to', 'action', 'subject', 'actor']);
  const { from, to, action, subject, actor } = values;
  const api = useApi();
  const matches = (event: AuditEvent) => action === undefined || event.action === action;
  const load = (limit: number, cursor: string | undefined, signal?: AbortSignal) =>
    api.call(adminRoutes.getAudit, {
      query: { from, to, subject, actor, limit, cursor },
      ...(signal !== undefined && { signal }),
    });
  const events = usePages<AuditEvent>({
    queryKey: ['admin', 'audit', values],
    load: (cursor, signal) => load(eventsPerPage, cursor, signal),
    matches,
  });
  const lastDays = <Button onClick={clear}>{t('Show the last 30 days')}</Button>;
  return (
    <>
      <PageHeader
        title={t('Audit trail')}
        description={t(
          'Everything done to users and keys, newest first: of the last 30 days, unless you choose others.',
        )}
        actions={
          <DownloadButton
            load={(cursor) => load(1000, cursor)}
            matches={matches}
            disabled={events.rows.length === 0}
          />
        }
      />
      <div className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-4">
        <DayField label={t('From (UTC)')} day={from} onChange={(day) => choose({ from: day })} />
        <DayField label={t('To (UTC)')} day={to} onChange={(day) => choose({ to: day })} />
        <div className="w-full sm:w-64">
          <Select
            label={t('What was done')}
            options={actionOptions()}
            value={action ?? any}
            onChange={(next) => choose({ action: next === any ? undefined : next })}
          />
        </div>
        {(subject !== undefined || actor !== undefined) && (
          <div className="sm:pt-6.5">
            <Button onClick={() => choose({ subject: undefined, actor: undefined })}>
              {t('Show events of all users')}
            </Button>
          </div>
        )}
      </div>
      <Card padded={false}>
        <PageRows
          what="events"
          pages={events}
          instead={isFiltered && lastDays}
          empty={
            <EmptyState icon={ScrollText} title={t('No events')} {...(isFiltered && { action: lastDays })}>
              {t('Nothing like that was done to users and keys in these days.')}
            </EmptyState>
          }
        >
          {(rows) => <EventList events={rows} />}
        </PageRows>
      </Card>
    </>
  );
}

const actionOptions = () => [
  { value: any, label: t('Anything') },
  ...Object.entries(actionWords).map(([value, words]) => ({ value, label: words() })),
];

interface DayFieldProps {
  label: string;
  day: string | undefined;
  onChange: (day: string | undefined) => void;
}

/** A year that is being typed, such as 0202, is no filter yet. */
function DayField({ label, day, onChange }: DayFieldProps) {
  const [draft, setDraft] = useState<string>();
  const change = (next: string) => {
    const isTyping = next !== '' && next < '2000';
    setDraft(isTyping ? next : undefined);
    if (!isTyping) onChange(next || undefined);
  };
  return (
    <div className="w-full sm:w-44">
      <TextField
        type="date"
        label={label}
        value={draft ?? day ?? ''}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

interface DownloadButtonProps {
  load: (cursor: string | undefined) => Promise<{ data: AuditEvent[]; nextCursor: string | null }>;
  matches: (event: AuditEvent) => boolean;
  disabled: boolean;
}

/** Every event that the filters let through, not only those on the screen. */
function DownloadButton({ load, matches, disabled }: DownloadButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      const all: AuditEvent[] = [];
      let cursor: string | undefined;
      do {
        const page = await load(cursor);
        all.push(...page.data);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      downloadText('daypass-audit.csv', auditCsv(all.filter(matches)));
    } catch (error) {
      toasts.add({ type: 'error', title: t('Not downloaded'), description: describeError(error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<Download aria-hidden />} busy={isBusy} disabled={disabled} onClick={() => void download()}>
      {t('Download CSV')}
    </Button>
  );
}
