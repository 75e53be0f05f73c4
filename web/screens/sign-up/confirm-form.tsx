import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import { accountPath } from '../../account/account-path.ts';
import { CodeField } from '../../account/code-field.tsx';
import { confirmForm } from '../../account/one-time-code.ts';
import { partingWord } from '../../account/parting-word.ts';
import { pendingCredentials } from '../../account/pending-credentials.ts';
import { showAccountRefusal } from '../../account/refusal-words.ts';
import { ResendCode } from '../../account/resend-code.tsx';
import { useOneAtATime } from '../../account/use-one-at-a-time.ts';
import { ApiError } from '../../api-error.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { useConsole } from '../../shell/console-context.ts';

/** Marks the one refusal that leads back to sign-up. */
const signedUpAgain = 'signed-up-again';

interface ConfirmFormProps {
  email: string;
  next: string | null;
}

/** Logs in automatically if the password was typed on the screen before. */
export function ConfirmForm({ email, next }: ConfirmFormProps) {
  const { api, session } = useConsole();
  const navigate = useNavigate();
  const form = useForm({ resolver: zodResolver(confirmForm), defaultValues: { email, code: '' } });
  const { setFocus } = form;
  useEffect(() => setFocus('code'), [setFocus]);
  const { errors, isSubmitting } = form.formState;
  const submit = useOneAtATime(
    form.handleSubmit(async (values) => {
      try {
        const registration = pendingCredentials.registration(email);
        const body = { ...values, ...(registration !== undefined && { registration }) };
        await api.call(accountRoutes.confirmRegistration, { body });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'registration_changed') {
          form.setError('root', { type: signedUpAgain });
        } else showAccountRefusal(error, form.setError, ['code']);
        return;
      }
      const password = pendingCredentials.take(email);
      if (password !== undefined) {
        try {
          // A new account has no authenticator app.
          await session.logIn(email, password);
          return;
        } catch {
          // The address is confirmed anyway; the login screen will report what is wrong.
        }
      }
      partingWord.leave('confirmed');
      await navigate(accountPath('/sign-in', { email, next }), { replace: true });
    }),
  );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      {errors.root?.type === signedUpAgain && (
        <Alert tone="danger">
          <T
            text="This address has been signed up again, here or by someone else, so codes no longer confirm this sign-up. <a>Create the account again</a> and use the new code."
            a={(words) => <TextLink to={accountPath('/sign-up', { email, next })}>{words}</TextLink>}
          />
        </Alert>
      )}
      <CodeField fault={errors.code?.message} onComplete={() => void submit()} {...form.register('code')} />
      <Button type="submit" variant="primary" wide busy={isSubmitting}>
        {t('Confirm')}
      </Button>
      <ResendCode send={() => api.call(accountRoutes.resendCode, { body: { email } })} />
    </form>
  );
}
