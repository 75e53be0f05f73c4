import { Ban, MessagesSquare, Pencil, RefreshCw, SearchX } from 'lucide-react';
import { useParams } from 'react-router';
import { ApiError } from '../../../api-error.ts';
import { useTakeToPlayground } from '../../../key-in-hand/use-take-to-playground.ts';
import { DayWarnings } from '../../../keys/day-warnings.tsx';
import { isLive, type Key } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { ProviderKeysCard } from '../../../provider-keys/provider-keys-card.tsx';
import { ActivationNews } from '../activation-news.tsx';
import { KeyActions, useKeyActions } from '../change/key-actions.tsx';
import { ActivationNote } from '../secret/activation-note.tsx';
import { KeySnippets } from '../secret/key-snippets.tsx';
import { PreviousSecret } from '../secret/previous-secret.tsx';
import { useKey } from '../use-key.ts';
import { KeyCalls } from './key-calls.tsx';
import { KeyFacts } from './key-facts.tsx';
import { KeyUsageToday } from './key-usage-today.tsx';
import { KeyWeek } from './key-week.tsx';

/** In place of the secret, which can't be shown again. */
const placeholder = 'YOUR_API_KEY';

export function KeyScreen() {
  const { id = '' } = useParams();
  const key = useKey(id);
  return (
    <KeyActions>
      <p className="mb-2 text-sm">
        <TextLink to="/keys">{t('All keys')}</TextLink>
      </p>
      {key.data === undefined ? <NotShown query={key} /> : <Shown of={key.data} />}
    </KeyActions>
  );
}

function NotShown({ query }: { query: ReturnType<typeof useKey> }) {
  const isGone = query.error instanceof ApiError && query.error.status === 404;
  return (
    <>
      <PageHeader title={t('API key')} />
      <Card padded={false}>
        {query.isPending ? (
          <LoadingRows label={t('Loading the key')} />
        ) : isGone ? (
          <EmptyState
            icon={SearchX}
            title={t('Key not found')}
            action={<LinkButton to="/keys">{t('All keys')}</LinkButton>}
          >
            {t('You have no key at this address.')}
          </EmptyState>
        ) : (
          <ErrorState
            title={t('The key could not be loaded')}
            error={query.error}
            onRetry={() => void query.refetch()}
            busy={query.isFetching}
          />
        )}
      </Card>
    </>
  );
}

function Shown({ of: key }: { of: Key }) {
  const ask = useKeyActions();
  const take = useTakeToPlayground();
  return (
    <>
      <PageHeader
        title={key.name}
        {...(isLive(key) && {
          actions: (
            <>
              <LinkButton to="/playground" onClick={() => take(key.id)} icon={<MessagesSquare aria-hidden />}>
                {t('Open in playground')}
              </LinkButton>
              <Button icon={<Pencil aria-hidden />} onClick={() => ask('edit', key)}>
                {t('Edit')}
              </Button>
              <Button icon={<RefreshCw aria-hidden />} onClick={() => ask('rotate', key)}>
                {t('Rotate')}
              </Button>
              <Button icon={<Ban aria-hidden />} onClick={() => ask('revoke', key)}>
                {t('Revoke')}
              </Button>
            </>
          ),
        })}
      />
      <ActivationNews keys={[key]} />
      <DayWarnings keys={[key]} />
      <div className="flex flex-col gap-5">
        {key.status === 'activating' && <ActivationNote status={key.status} />}
        <PreviousSecret of={key} />
        <div className="grid gap-5 lg:grid-cols-[2fr_3fr]">
          <div className="flex min-w-0 flex-col gap-5">
            <KeyUsageToday of={key} />
            <KeyWeek of={key} />
          </div>
          <KeyFacts of={key} />
        </div>
        <KeyCalls of={key} />
        {isLive(key) && (
          <ProviderKeysCard
            keyId={key.id}
            description={t(
              'Your own keys for the providers of models, for calls with this key alone. They come before those in your settings, which are for all of your keys.',
            )}
          />
        )}
        {isLive(key) && (
          <Card
            title={t('Use this key')}
            description={t(
              'Replace {placeholder} with your key. It was shown only once: if you have lost it, rotate the key to get a new one.',
              { placeholder },
            )}
          >
            <KeySnippets secret={placeholder} />
          </Card>
        )}
      </div>
    </>
  );
}
