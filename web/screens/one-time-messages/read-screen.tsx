import { useQuery } from '@tanstack/react-query';
import { Unlink } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { oneTimeMessageRoutes } from '../../../core/contract/one-time-messages.ts';
import { t } from '../../language/t.ts';
import { dateAndTimeWords } from '../../language/time-words.ts';
import { isWholeKey } from '../../one-time-messages/sealed-message.ts';
import { DocumentTitle } from '../../parts/document-title.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useApi } from '../../shell/console-context.ts';
import { GoneMessage, isGone } from './gone-message.tsx';
import { OpenOnce } from './open-once.tsx';
import { OpenedMessage } from './opened-message.tsx';

/** A message that was written through the API. */
export function ReadScreen() {
  return <Reading />;
}

/** A message that was sealed in a browser: the key is in the link. */
export function ReadSealedScreen() {
  // Kept, since it is taken out of the address once the message has been opened.
  const [key] = useState(useLocation().hash.slice(1));
  const { data: isWhole } = useQuery({ queryKey: ['whole-key', key], queryFn: () => isWholeKey(key) });
  if (isWhole === undefined) return <Loading />;
  return isWhole ? <Reading sealKey={key} /> : <IncompleteLink />;
}

/** Asks whether the message waits, which reads nothing, and shows the button that reads it. */
function Reading({ sealKey }: { sealKey?: string }) {
  const { id = '' } = useParams();
  const api = useApi();
  const [text, setText] = useState<string>();
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['one-time-message', id],
    queryFn: ({ signal }) => api.call(oneTimeMessageRoutes.getOneTimeMessage, { path: { id }, signal }),
    enabled: text === undefined,
  });
  if (text !== undefined) return <OpenedMessage text={text} />;
  if (isGone(error)) return <GoneMessage />;
  if (data === undefined && error !== null) {
    return (
      <Titled title={t('Message')}>
        <ErrorState
          title={t('The message could not be looked for')}
          error={error}
          onRetry={() => void refetch()}
          busy={isFetching}
        />
      </Titled>
    );
  }
  if (data === undefined) return <Loading />;
  const until = dateAndTimeWords(Date.parse(data.expiresAt));
  return <OpenOnce id={id} sealKey={sealKey} until={until} onOpened={setText} />;
}

function Loading() {
  return (
    <Titled title={t('Message')}>
      <Skeleton className="h-40 w-full" />
    </Titled>
  );
}

function IncompleteLink() {
  return (
    <Titled title={t('Incomplete link')}>
      <EmptyState icon={Unlink} title={t('This link is incomplete')}>
        {t(
          'A part of it is missing or was changed, so it can’t open the message. Copy the whole link, with all that follows the #. Nothing has been read or lost.',
        )}
      </EmptyState>
    </Titled>
  );
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <DocumentTitle>{title}</DocumentTitle>
      <h1 className="sr-only">{title}</h1>
      {children}
    </>
  );
}
