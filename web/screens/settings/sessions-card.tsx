import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut, MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { sessionRoutes } from '../../../core/contract/accounts/sessions.ts';
import { partingWord } from '../../account/parting-word.ts';
import { refusalWords } from '../../account/refusal-words.ts';
import type { AnswerOf } from '../../api.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { dateAndTimeWords } from '../../language/time-words.ts';
import { Alert } from '../../parts/alert.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { toasts } from '../../parts/overlays/toasts/toasts.ts';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { useApi, useConsole } from '../../shell/console-context.ts';
import { When } from '../../when.tsx';

type Session = AnswerOf<typeof sessionRoutes.listSessions>['data'][number];
const queryKey = ['sessions'];

/** Where the user is logged in, to be ended one by one or all together. */
export function SessionsCard() {
  const { api, session } = useConsole();
  const logOut = useMutation({
    mutationFn: () => api.call(sessionRoutes.endAllSessions),
    onSuccess: () => {
      partingWord.leave('logged-out-everywhere');
      session.forget();
    },
  });
  return (
    <Card
      title={t('Sessions')}
      description={t(
        'Where this account is logged in to the console. Ending a session leaves your keys as they are.',
      )}
      padded={false}
    >
      <SessionList />
      <div className="flex flex-col items-start gap-3 border-line border-t p-4 sm:p-5">
        <p className="text-ink-soft text-sm">
          {t(
            'Programs that log in by the API are not listed. Logging out everywhere ends them too, and this session.',
          )}
        </p>
        <Button icon={<LogOut aria-hidden />} busy={logOut.isPending} onClick={() => logOut.mutate()}>
          {t('Log out everywhere')}
        </Button>
        {logOut.isError && <Alert tone="danger">{refusalWords(logOut.error)}</Alert>}
      </div>
    </Card>
  );
}

/** More are asked for: who logs in daily has dozens. */
const fewSessions = 5;

function SessionList() {
  const api = useApi();
  const [isWhole, setWhole] = useState(false);
  const sessions = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call(sessionRoutes.listSessions, { signal }),
  });
  if (sessions.data === undefined) {
    return sessions.isPending ? (
      <LoadingRows label={t('Loading your sessions')} rows={2} />
    ) : (
      <ErrorState
        title={t('Your sessions could not be loaded')}
        error={sessions.error}
        onRetry={() => void sessions.refetch()}
        busy={sessions.isFetching}
      />
    );
  }
  const all = sessions.data.data.toSorted((one, other) => Number(other.current) - Number(one.current));
  return (
    <>
      <ul aria-label={t('Sessions')} className="divide-y divide-line">
        {all.slice(0, isWhole ? undefined : fewSessions).map((one) => (
          <SessionRow key={one.id} of={one} />
        ))}
      </ul>
      {!isWhole && all.length > fewSessions && (
        <div className="border-line border-t px-4 py-3 sm:px-5">
          <Button size="small" onClick={() => setWhole(true)}>
            {t('Show all {count, number} sessions', { count: all.length })}
          </Button>
        </div>
      )}
    </>
  );
}

function SessionRow({ of: { id, browser, createdAt, lastUsedAt, current } }: { of: Session }) {
  const api = useApi();
  const queries = useQueryClient();
  const name = browser === null ? t('Unknown browser') : browserWords(browser);
  // Ending it twice is harmless.
  const end = useMutation({
    mutationFn: () => api.call(sessionRoutes.endOneSession, { path: { id } }),
    onSuccess: () => toasts.add({ type: 'success', title: t('{browser} is logged out', { browser: name }) }),
    onError: (error) =>
      toasts.add({ type: 'error', title: t('The session did not end'), description: refusalWords(error) }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          {name}
          {current && <Badge tone="accent">{t('This browser')}</Badge>}
        </p>
        <p className="text-ink-soft text-sm">
          <T
            text="Logged in on {date}, last used {when}"
            date={dateAndTimeWords(Date.parse(createdAt))}
            when={<When time={lastUsedAt} isPast isPart />}
          />
        </p>
      </div>
      {!current && (
        <Button
          size="small"
          busy={end.isPending}
          onClick={() => end.mutate()}
          aria-label={t('Log out {browser}', { browser: name })}
        >
          {t('Log out')}
        </Button>
      )}
    </li>
  );
}

/** The API's `Chrome on Linux`, in the reader's words. */
function browserWords(name: string): string {
  const [, browser, system] = /^(.+) on (.+)$/.exec(name) ?? [];
  if (browser === undefined || system === undefined) return name;
  return t('{browser} on {system}', { browser, system });
}
