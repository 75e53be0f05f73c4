import { zodResolver } from '@hookform/resolvers/zod';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useLocation, useNavigate } from 'react-router';
import { loginBody } from '../../core/contract/accounts/account-requests.ts';
import { ApiError } from '../api-error.ts';
import { sentence } from '../form-errors.ts';
import { t } from '../language/t.ts';
import { Alert } from '../parts/alert.tsx';
import { Button } from '../parts/buttons/button.tsx';
import { PasswordField } from '../parts/forms/password-field.tsx';
import { useConsole } from '../shell/console-context.ts';
import { accountPath } from './account-path.ts';
import { ChallengeForm } from './challenge-form.tsx';
import { EmailField } from './email-field.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { pendingCredentials } from './pending-credentials.ts';
import { ProviderButtons } from './provider-buttons.tsx';
import { providerOf, providerPath } from './providers.ts';
import { showAccountRefusal } from './refusal-words.ts';
import { useCarried } from './use-carried.ts';

interface LogInFormProps {
  email?: string;
  /** Shown below the password. */
  aside?: ReactNode;
  /** Called when the second step begins, and when it is given up. */
  onStep?(step: 'password' | 'code'): void;
}

/** On success the session changes, and the screen with it. */
export function LogInForm({ email = '', aside, onStep }: LogInFormProps) {
  const { session, config } = useConsole();
  const { next } = useCarried();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const [challenge, setChallenge] = useState<string>();
  const goTo = (asked: string | undefined) => {
    setChallenge(asked);
    onStep?.(asked === undefined ? 'password' : 'code');
  };
  const form = useForm({ resolver: zodResolver(loginBody), defaultValues: { email, password: '' } });
  const { setFocus } = form;
  const [first] = useState(email === '' ? ('email' as const) : ('password' as const));
  useEffect(() => setFocus(first), [setFocus, first]);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      goTo(await session.logIn(values.email, values.password));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'email_not_confirmed') {
        pendingCredentials.keep(values);
        await navigate(accountPath('/confirm', { email: values.email, next }));
      } else showAccountRefusal(error, form.setError, ['email', 'password']);
    }
  });
  // Above another screen, that one is opened again.
  const wanted = pathname === '/sign-in' ? next : pathname + search;
  const provider = providerOf(config.logIn, useWatch({ control: form.control, name: 'email' }));
  const leave = (event: FormEvent) => {
    event.preventDefault();
    if (provider !== undefined) window.location.assign(providerPath(provider.name, wanted));
  };
  if (challenge !== undefined) {
    return <ChallengeForm challenge={challenge} onGiveUp={() => goTo(undefined)} />;
  }
  if (config.logIn.passwords === 'off') return <ProviderButtons next={wanted} />;
  return (
    <form onSubmit={provider === undefined ? submit : leave} noValidate className="flex flex-col gap-4">
      <ProviderButtons next={wanted} />
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <EmailField fault={errors.email?.message} {...form.register('email')} />
      {provider === undefined ? (
        <>
          <PasswordField
            label={t('Password')}
            autoComplete="current-password"
            error={sentence(errors.password?.message)}
            {...form.register('password')}
          />
          {aside}
          <Button type="submit" variant="primary" wide busy={isSubmitting}>
            {t('Log in')}
          </Button>
          <PasskeyButton
            askForEmail={async () =>
              (await form.trigger('email', { shouldFocus: true })) ? form.getValues('email') : undefined
            }
          />
        </>
      ) : (
        <>
          <p role="status" className="text-ink-soft text-sm">
            {t('You log in at {label} with this address. No password is needed here.', {
              label: provider.label,
            })}
          </p>
          <Button type="submit" variant="primary" wide>
            {t('Go to {label}', { label: provider.label })}
          </Button>
        </>
      )}
    </form>
  );
}
