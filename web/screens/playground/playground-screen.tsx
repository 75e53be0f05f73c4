import { KeyRound } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import type * as keyForm from '../../key-in-hand/key-form.tsx';
import { useHeldKey } from '../../key-in-hand/use-held-key.ts';
import { t } from '../../language/t.ts';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { Card } from '../../parts/card.tsx';
import { Disclosure } from '../../parts/disclosure.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { lately } from '../../parts/on-demand.ts';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Chat } from './chat.tsx';
import { PlaygroundHeader } from './playground-header.tsx';
import { ReloadNote } from './reload-note.tsx';
import { useAskedModel } from './use-asked-model.ts';
import { useConversations } from './use-playground.ts';

const KeyForm = lately<ComponentProps<typeof keyForm.KeyForm>>(() =>
  import('../../key-in-hand/key-form.tsx').then((module) => module.KeyForm),
);

export function PlaygroundScreen() {
  useAskedModel();
  const { own, key } = useHeldKey();
  const { turns } = useConversations();
  const [latest, setLatest] = useState(key);
  if (key !== undefined && key !== latest && key.id !== latest?.id) setLatest(key);
  // A conversation stays in sight when its key, the last one, has been revoked.
  const shown = key ?? (turns.length > 0 ? latest : undefined);
  if (shown !== undefined) return <Chat heldKey={shown} />;
  return (
    <>
      <PlaygroundHeader />
      {own.isPending || own.isFetching ? (
        <div role="status" aria-label={t('Loading your keys')} className="flex flex-col gap-4">
          <Skeleton className="h-40 w-full" />
          <Skeleton className="h-24 w-full" />
        </div>
      ) : own.isError ? (
        <ErrorState
          title={t('Your keys could not be loaded')}
          error={own.error}
          onRetry={() => void own.refetch()}
          busy={own.isFetching}
        />
      ) : (
        <WithoutKey />
      )}
    </>
  );
}

function WithoutKey() {
  const [isPasting, setPasting] = useState(false);
  return (
    <div className="mx-auto flex max-w-lg flex-col gap-4">
      <ReloadNote />
      <Card>
        <EmptyState
          icon={KeyRound}
          title={t('Create a key to chat')}
          action={
            <LinkButton to="/keys/new" variant="primary">
              {t('Create a key')}
            </LinkButton>
          }
        >
          {t(
            'Each question uses one request of a key’s plan. Once you have a key, the chat starts here at once.',
          )}
        </EmptyState>
        <Disclosure title={t('Use another key')} open={isPasting} onOpenChange={setPasting}>
          <KeyForm />
        </Disclosure>
      </Card>
    </div>
  );
}
