import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { authenticatorRoutes } from '../../../core/contract/accounts/authenticator.ts';
import { CodeField } from '../../account/code-field.tsx';
import { refusalWords, showAccountRefusal } from '../../account/refusal-words.ts';
import { sentence } from '../../form-errors.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { CopyButton } from '../../parts/buttons/copy-button.tsx';
import { Card } from '../../parts/card.tsx';
import type * as qrCode from '../../parts/code/qr-code.tsx';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import { lately } from '../../parts/on-demand.ts';
import { toasts } from '../../parts/overlays/toasts/toasts.ts';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useApi, useConsole } from '../../shell/console-context.ts';

const QrCode = lately<ComponentProps<typeof qrCode.QrCode>>(() =>
  import('../../parts/code/qr-code.tsx').then((module) => module.QrCode),
);

const queryKey = ['authenticator'];

/** A second factor for logins by password. */
export function AuthenticatorCard() {
  const { api, config } = useConsole();
  const status = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call(authenticatorRoutes.getAuthenticator, { signal }),
  });
  return (
    <Card
      title={t('Authenticator app')}
      description={
        config.logIn.passkeys === 'on'
          ? t(
              'Asks for a code of an app on your phone at each login, after the password. While it is on, passkeys don’t log you in.',
            )
          : t('Asks for a code of an app on your phone at each login, after the password.')
      }
    >
      {status.isPending && <Skeleton className="h-9 w-40" />}
      {status.isError && <Alert tone="danger">{refusalWords(status.error)}</Alert>}
      {status.data?.status === 'off' && <SetUp />}
      {status.data?.status === 'on' && <Remove />}
    </Card>
  );
}

interface Secret {
  password: string;
  secret: string;
  uri: string;
}

function SetUp() {
  const api = useApi();
  const [made, setMade] = useState<Secret>();
  const form = useForm({ defaultValues: { password: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      setMade({ ...body, ...(await api.call(authenticatorRoutes.setUpAuthenticator, { body })) });
    } catch (error) {
      showAccountRefusal(error, form.setError, ['password']);
    }
  });
  if (made !== undefined) return <Confirm {...made} onCancel={() => setMade(undefined)} />;
  return (
    <form onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <PasswordField
        label={t('Password, to set the app up')}
        autoComplete="current-password"
        error={sentence(errors.password?.message)}
        {...form.register('password')}
      />
      <div>
        <Button type="submit" busy={isSubmitting}>
          {t('Set up an app')}
        </Button>
      </div>
    </form>
  );
}

function Confirm({ password, secret, uri, onCancel }: Secret & { onCancel: () => void }) {
  const api = useApi();
  const turned = useTurned('on');
  const form = useForm({ defaultValues: { code: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ code }) => {
    try {
      await api.call(authenticatorRoutes.confirmAuthenticator, { body: { password, code } });
      turned();
    } catch (error) {
      showAccountRefusal(error, form.setError, ['code']);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <p>{t('Scan this with your app, or type the secret into it. Then enter the code that it shows.')}</p>
      <QrCode text={uri} label={t('QR code of the secret, for an authenticator app')} />
      <p className="flex items-center justify-between gap-2 rounded-md bg-sunken px-3 py-1.5">
        <code className="break-all font-mono text-sm">{secret}</code>
        <CopyButton text={secret} label={t('Copy secret')} />
      </p>
      <CodeField fault={errors.code?.message} {...form.register('code')} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={isSubmitting}>
          {t('Turn on')}
        </Button>
        <Button onClick={onCancel}>{t('Cancel')}</Button>
      </div>
    </form>
  );
}

function Remove() {
  const api = useApi();
  const turned = useTurned('off');
  const form = useForm({ defaultValues: { password: '', code: '' } });
  const { errors } = form.formState;
  const remove = useMutation({
    mutationFn: (body: { password: string; code: string }) =>
      api.call(authenticatorRoutes.removeAuthenticator, { body }),
    onSuccess: turned,
    onError: (error) => showAccountRefusal(error, form.setError, ['password', 'code']),
  });
  return (
    <form
      onSubmit={form.handleSubmit((body) => remove.mutate(body))}
      noValidate
      className="flex max-w-sm flex-col gap-4"
    >
      <p>{t('Each login asks for a code. To turn this off, enter your password and a code.')}</p>
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <PasswordField
        label={t('Password, to remove the app')}
        autoComplete="current-password"
        error={sentence(errors.password?.message)}
        {...form.register('password')}
      />
      <CodeField fault={errors.code?.message} {...form.register('code')} />
      <div>
        <Button type="submit" variant="danger" busy={remove.isPending}>
          {t('Remove the app')}
        </Button>
      </div>
    </form>
  );
}

function useTurned(status: 'on' | 'off') {
  const queries = useQueryClient();
  return () => {
    queries.setQueryData(queryKey, { status });
    toasts.add({
      type: 'success',
      title: status === 'on' ? t('Authenticator app set up') : t('Authenticator app removed'),
    });
  };
}
