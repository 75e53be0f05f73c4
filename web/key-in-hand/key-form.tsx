import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keyRoutes } from '../../core/contract/api-keys.ts';
import { ApiError } from '../api-error.ts';
import { describeError } from '../describe-error.ts';
import { Button } from '../parts/buttons/button.tsx';
import { LinkButton } from '../parts/buttons/link-button.tsx';
import { SecretField } from '../parts/forms/secret-field.tsx';
import { useConsole } from '../shell/console-context.ts';
import { keyInHand } from './key-in-hand.ts';
import { keyValueIn } from './key-value.ts';
import { rememberStanding } from './use-standing.ts';

/** Takes a key once the API has said that it works. */
export function KeyForm({ onHeld }: { onHeld?: () => void }) {
  const console = useConsole();
  const queries = useQueryClient();
  const [pasted, setPasted] = useState('');
  const [fault, setFault] = useState<string>();
  const check = useMutation({
    mutationFn: (value: string) => console.api.call(keyRoutes.getCurrentKey, { key: value }),
    onSuccess(standing, value) {
      const held = keyInHand(console).hold(value, { isNew: false });
      rememberStanding(queries, held, standing);
      onHeld?.();
    },
    onError: (error) => setFault(faultOf(error)),
    // The value would otherwise stay in the cache of mutations.
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = keyValueIn(pasted);
    if (value === undefined) setFault(pasted.trim() === '' ? emptyFault : formFault);
    else check.mutate(value);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4 text-left">
      <SecretField
        label="API key"
        placeholder="dpk…"
        hint="It stays in the memory of this tab. A reload forgets it."
        error={fault}
        value={pasted}
        onChange={(event) => {
          setPasted(event.currentTarget.value);
          setFault(undefined);
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={check.isPending}>
          Use this key
        </Button>
        <LinkButton to="/keys/new" variant="ghost">
          Create a key
        </LinkButton>
      </div>
    </form>
  );
}

const emptyFault = 'Paste the key here.';
const formFault = 'This is no key: one begins with dpk and has 41 letters and digits.';

function faultOf(error: unknown): string {
  const isRefused = error instanceof ApiError && error.code === 'invalid_api_key';
  return isRefused
    ? 'This key does not work: it is unknown, revoked or expired. One made a moment ago may need a minute.'
    : describeError(error).message;
}
