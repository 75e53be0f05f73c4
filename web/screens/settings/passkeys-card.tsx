import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { passkeyRoutes } from '../../../core/contract/accounts/passkeys.ts';
import { sessionHeader } from '../../../core/contract/accounts/sessions.ts';
import { makePasskey, PasskeyError, takesPasskeys } from '../../account/passkeys.ts';
import { refusalWords, showAccountRefusal } from '../../account/refusal-words.ts';
import type { AnswerOf } from '../../api.ts';
import { sentence } from '../../form-errors.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { dateAndTimeWords } from '../../language/time-words.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import { Confirm } from '../../parts/overlays/confirm.tsx';
import { toasts } from '../../parts/overlays/toasts/toasts.ts';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { useApi } from '../../shell/console-context.ts';

type Passkey = AnswerOf<typeof passkeyRoutes.listPasskeys>['data'][number];

const queryKey = ['passkeys'];
const headers = { [sessionHeader.name]: sessionHeader.value };

/** Ways to log in without the password. */
export function PasskeysCard() {
  const api = useApi();
  const passkeys = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call(passkeyRoutes.listPasskeys, { headers, signal }),
  });
  const [asked, setAsked] = useState<{ passkey: Passkey; turn: number }>();
  const [isOpen, setIsOpen] = useState(false);
  const ask = (passkey: Passkey) => {
    setAsked((before) => ({ passkey, turn: (before?.turn ?? 0) + 1 }));
    setIsOpen(true);
  };
  return (
    <Card
      title={t('Passkeys')}
      description={t(
        'Log in with your fingerprint, face or device PIN, in place of the password. The password keeps working.',
      )}
      padded={false}
    >
      {passkeys.isPending && <LoadingRows label={t('Loading your passkeys')} rows={1} />}
      {passkeys.isError && passkeys.data === undefined && (
        <ErrorState
          title={t('Your passkeys could not be loaded')}
          error={passkeys.error}
          onRetry={() => void passkeys.refetch()}
          busy={passkeys.isFetching}
        />
      )}
      {passkeys.data !== undefined && passkeys.data.data.length > 0 && (
        <ul className="divide-y divide-line border-line border-b">
          {passkeys.data.data.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => ask(passkey)} />
          ))}
        </ul>
      )}
      {passkeys.data !== undefined && (
        <div className="px-4 py-4 sm:px-5">
          {takesPasskeys() ? <AddPasskey /> : <p>{t('This browser takes no passkeys.')}</p>}
        </div>
      )}
      {asked !== undefined && (
        <RemovePasskey
          key={asked.turn}
          passkey={asked.passkey}
          open={isOpen}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Card>
  );
}

function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const { name, kind, createdAt } = passkey;
  return (
    <li className="flex items-center justify-between gap-4 px-4 py-3 sm:px-5">
      <div className="min-w-0">
        <p className="wrap-anywhere font-medium">{name}</p>
        <p className="text-ink-soft text-sm">
          <T
            text="{kind, select, device {Built into a device, added} key {Security key or another device, added} other {Added}} {time}"
            kind={kind ?? 'unknown'}
            time={<time dateTime={createdAt}>{dateAndTimeWords(Date.parse(createdAt))}</time>}
          />
        </p>
      </div>
      <Button size="small" onClick={onRemove} aria-label={t('Remove {name}', { name })}>
        {t('Remove')}
      </Button>
    </li>
  );
}

function AddPasskey() {
  const api = useApi();
  const queries = useQueryClient();
  const form = useForm({ defaultValues: { password: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      const { publicKey } = await api.call(passkeyRoutes.addPasskey, { headers, body });
      const credential = (await makePasskey(publicKey)) as never;
      await api.call(passkeyRoutes.finishPasskey, { headers, body: { credential } });
    } catch (error) {
      if (error instanceof PasskeyError) form.setError('root', { message: error.message });
      else showAccountRefusal(error, form.setError, ['password']);
      return;
    }
    form.reset();
    toasts.add({ type: 'success', title: t('Passkey added') });
    await queries.invalidateQueries({ queryKey });
  });
  return (
    <form onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <PasswordField
        label={t('Password, to add a passkey')}
        autoComplete="current-password"
        error={sentence(errors.password?.message)}
        {...form.register('password')}
      />
      <div>
        <Button type="submit" busy={isSubmitting}>
          {t('Add a passkey')}
        </Button>
      </div>
    </form>
  );
}

function RemovePasskey(props: { passkey: Passkey; open: boolean; onClose: () => void }) {
  const { passkey, open, onClose } = props;
  const api = useApi();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.call(passkeyRoutes.removePasskey, { headers, path: { id: passkey.id } }),
    onSuccess: () => {
      toasts.add({ type: 'success', title: t('Passkey removed') });
      onClose();
      void queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <Confirm
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t('Remove {name}?', { name: passkey.name })}
      description={t('It no longer logs you in. Your device keeps it until you delete it there.')}
      confirmLabel={t('Remove')}
      danger
      onConfirm={() => remove.mutate()}
      busy={remove.isPending}
      error={remove.isError ? refusalWords(remove.error) : undefined}
    />
  );
}
