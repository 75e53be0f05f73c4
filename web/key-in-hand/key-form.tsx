import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import { ApiError } from '../api-error.ts';
import { describeError } from '../describe-error.ts';
import { t } from '../language/t.ts';
import { Button } from '../parts/buttons/button.tsx';
import { LinkButton } from '../parts/buttons/link-button.tsx';
import { SecretField } from '../parts/forms/secret-field.tsx';
import { useConsole } from '../shell/console-context.ts';
import { keyInHand } from './key-in-hand.ts';
import { keySecretIn } from './key-secret.ts';
import { rememberStanding } from './use-standing.ts';

/** Accepts a key once the API has confirmed that it works. */
export function KeyForm({ onHeld }: { onHeld?: () => void }) {
  const console = useConsole();
  const queries = useQueryClient();
  const [pasted, setPasted] = useState('');
  const [fault, setFault] = useState<string>();
  const check = useMutation({
    mutationFn: (secret: string) => console.api.call(keyRoutes.getCurrentKey, { key: secret }),
    onSuccess(standing, secret) {
      const held = keyInHand(console).hold(secret, { isNew: false });
      rememberStanding(queries, held, standing);
      onHeld?.();
    },
    onError: (error) => setFault(faultOf(error)),
    // The secret would otherwise stay in the mutation cache.
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const secret = keySecretIn(pasted);
    if (secret === undefined) setFault(pasted.trim() === '' ? t('Paste your key here.') : formFault());
    else check.mutate(secret);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4 text-left">
      <SecretField
        label={t('API key')}
        placeholder={t('dpk…')}
        hint={t('Kept only in this tab’s memory. Reloading the page clears it.')}
        error={fault}
        value={pasted}
        onChange={(event) => {
          setPasted(event.currentTarget.value);
          setFault(undefined);
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={check.isPending}>
          {t('Use this key')}
        </Button>
        <LinkButton to="/keys/new" variant="ghost">
          {t('Create a key')}
        </LinkButton>
      </div>
    </form>
  );
}

const formFault = () =>
  t('That doesn’t look like a Daypass key. Keys start with dpk and have 41 letters and digits.');

function faultOf(error: unknown): string {
  const isRefused = error instanceof ApiError && error.code === 'invalid_api_key';
  return isRefused
    ? t(
        'This key doesn’t work: it is unknown, revoked or expired. A new key can take a minute to start working.',
      )
    : describeError(error).message;
}
