import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Flame } from 'lucide-react';
import { oneTimeMessageRoutes, receiptHeaderName } from '../../core/contract/one-time-messages.ts';
import type { AnswerOf } from '../api.ts';
import { ApiError } from '../api-error.ts';
import { describeError } from '../describe-error.ts';
import { t } from '../language/t.ts';
import { dateAndTimeWords } from '../language/time-words.ts';
import { Alert } from '../parts/alert.tsx';
import { Badge, type BadgeTone } from '../parts/badge.tsx';
import { Button } from '../parts/buttons/button.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { useApi } from '../shell/console-context.ts';

type Receipt = AnswerOf<typeof oneTimeMessageRoutes.getReceipt>;

const looks: Record<Receipt['status'], { tone: BadgeTone; word: () => string }> = {
  waiting: { tone: 'accent', word: () => t('Not read yet') },
  revealed: { tone: 'success', word: () => t('Read') },
  burned: { tone: 'neutral', word: () => t('Burned') },
  expired: { tone: 'warning', word: () => t('Expired unread') },
};

/** How often a page that stays open looks whether the message has been read. */
const lookMs = 15_000;

/** What became of a message, and the button that burns it. */
export function ReceiptView({ id, receipt }: { id: string; receipt: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const input = { path: { id }, headers: { [receiptHeaderName]: receipt } };
  const queryKey = ['receipt', id];
  const { data, error, refetch, isFetching } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call(oneTimeMessageRoutes.getReceipt, { ...input, signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'waiting' ? lookMs : false),
  });
  const burn = useMutation({
    mutationFn: () => api.call(oneTimeMessageRoutes.burnOneTimeMessage, input),
    onSuccess: (after) => queries.setQueryData(queryKey, after),
  });
  if (data === undefined && error !== null) {
    return (
      <ErrorState
        title={t('The receipt could not be loaded')}
        error={error}
        {...(!isRefusal(error) && { onRetry: () => void refetch(), busy: isFetching })}
      />
    );
  }
  if (data === undefined) return <Skeleton className="h-16 w-full" />;
  const { tone, word } = looks[data.status];
  return (
    <div className="flex flex-col gap-3">
      <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone}>{word()}</Badge>
        <span className="text-ink-soft">{sentenceOf(data)}</span>
      </div>
      {burn.error !== null && <Alert tone="danger">{describeError(burn.error).message}</Alert>}
      {data.status === 'waiting' && (
        <div>
          <Button icon={<Flame aria-hidden />} busy={burn.isPending} onClick={() => burn.mutate()}>
            {t('Burn it unread')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Trying again would change nothing. */
const isRefusal = (error: unknown) => error instanceof ApiError && error.kind === 'refusal';

function sentenceOf({ status, expiresAt, revealedAt, burnedAt }: Receipt): string {
  const at = (time: string | null) => dateAndTimeWords(Date.parse(time ?? expiresAt));
  switch (status) {
    case 'waiting':
      return t('It waits until {time}.', { time: at(expiresAt) });
    case 'revealed':
      return t('It was opened on {time}, and can’t be opened again.', { time: at(revealedAt) });
    case 'burned':
      return t('You took it back on {time}. Nobody has read it.', { time: at(burnedAt) });
    case 'expired':
      return t('Its time ended on {time}. Nobody has read it.', { time: at(expiresAt) });
  }
}
