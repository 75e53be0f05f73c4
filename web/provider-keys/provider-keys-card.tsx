import { type ReactNode, useState } from 'react';
import { T } from '../language/rich-text.tsx';
import { t } from '../language/t.ts';
import { dateAndTimeWords } from '../language/time-words.ts';
import { Button } from '../parts/buttons/button.tsx';
import { Card } from '../parts/card.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { lately } from '../parts/on-demand.ts';
import { LoadingRows } from '../parts/skeleton.tsx';
import { useConsole } from '../shell/console-context.ts';
import { DeleteProviderKey } from './delete-provider-key.tsx';
import type { ProviderKeyDialogProps } from './put-provider-key.tsx';
import { type ProviderKey, useProviderKeys } from './use-provider-keys.ts';

const PutProviderKey = lately<ProviderKeyDialogProps>(() =>
  import('./put-provider-key.tsx').then((module) => module.PutProviderKey),
);

interface ProviderKeysCardProps {
  /** The Daypass key whose calls alone use them; without it, they are for all calls of the account. */
  keyId?: string;
  description: ReactNode;
}

interface Asked {
  action: 'put' | 'delete';
  provider: string;
  /** Makes each dialog start fresh. */
  turn: number;
}

/** The user's own keys for the providers that take some; nothing where none does. */
export function ProviderKeysCard(props: ProviderKeysCardProps) {
  const { providers } = useConsole().config;
  return providers.length === 0 ? null : <Shown {...props} providers={providers} />;
}

function Shown({ keyId, description, providers }: ProviderKeysCardProps & { providers: readonly string[] }) {
  const kept = useProviderKeys(keyId);
  const [asked, setAsked] = useState<Asked>();
  const [isOpen, setIsOpen] = useState(false);
  const ask = (action: Asked['action'], provider: string) => {
    setAsked((before) => ({ action, provider, turn: (before?.turn ?? 0) + 1 }));
    setIsOpen(true);
  };
  const keptFor = (name: string) => kept.data?.data.find(({ provider }) => provider === name);
  const dialog = asked && {
    keyId,
    provider: asked.provider,
    kept: keptFor(asked.provider),
    open: isOpen,
    onClose: () => setIsOpen(false),
  };
  return (
    <Card title={t('Provider keys')} description={description} padded={false}>
      {kept.isPending && <LoadingRows label={t('Loading your provider keys')} rows={providers.length} />}
      {kept.isError && kept.data === undefined && (
        <ErrorState
          title={t('Your provider keys could not be loaded')}
          error={kept.error}
          onRetry={() => void kept.refetch()}
          busy={kept.isFetching}
        />
      )}
      {kept.data !== undefined && (
        <ul className="divide-y divide-line">
          {providers.map((provider) => (
            <ProviderRow key={provider} provider={provider} kept={keptFor(provider)} onAsk={ask} />
          ))}
        </ul>
      )}
      {dialog && asked.action === 'put' && <PutProviderKey key={asked.turn} {...dialog} />}
      {dialog && asked.action === 'delete' && <DeleteProviderKey key={asked.turn} {...dialog} />}
    </Card>
  );
}

interface ProviderRowProps {
  provider: string;
  kept: ProviderKey | undefined;
  onAsk: (action: Asked['action'], provider: string) => void;
}

function ProviderRow({ provider, kept, onAsk }: ProviderRowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0">
        <p className="wrap-anywhere font-medium">{provider}</p>
        <p className="text-ink-soft text-sm">
          {kept === undefined ? (
            t('No key saved')
          ) : (
            <T
              text="{ending}, saved {time}"
              ending={<span className="font-mono">…{kept.last4}</span>}
              time={<time dateTime={kept.createdAt}>{dateAndTimeWords(Date.parse(kept.createdAt))}</time>}
            />
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          onClick={() => onAsk('put', provider)}
          aria-label={
            kept === undefined
              ? t('Add key for {provider}', { provider })
              : t('Replace key for {provider}', { provider })
          }
        >
          {kept === undefined ? t('Add key') : t('Replace')}
        </Button>
        {kept !== undefined && (
          <Button
            size="small"
            onClick={() => onAsk('delete', provider)}
            aria-label={t('Delete key for {provider}', { provider })}
          >
            {t('Delete')}
          </Button>
        )}
      </div>
    </li>
  );
}
