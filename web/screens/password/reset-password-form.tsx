import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import { accountPath } from '../../account/account-path.ts';
import { CodeField } from '../../account/code-field.tsx';
import { NewPasswordField } from '../../account/new-password-field.tsx';
import { resetPasswordForm } from '../../account/one-time-code.ts';
import { partingWord } from '../../account/parting-word.ts';
import { showAccountRefusal } from '../../account/refusal-words.ts';
import { ResendCode } from '../../account/resend-code.tsx';
import { UsernameForManagers } from '../../account/username-for-managers.tsx';
import { sentence } from '../../form-errors.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { Checkbox } from '../../parts/forms/checkbox.tsx';
import { useConsole } from '../../shell/console-context.ts';

interface ResetPasswordFormProps {
  email: string;
  next: string | null;
}

/** Then logs in with the new password. */
export function ResetPasswordForm({ email, next }: ResetPasswordFormProps) {
  const { api, session } = useConsole();
  const navigate = useNavigate();
  const form = useForm({
    resolver: zodResolver(resetPasswordForm),
    defaultValues: { email, code: '', password: '', revokeKeys: false },
  });
  const { setFocus } = form;
  useEffect(() => setFocus('code'), [setFocus]);
  const { errors, isSubmitting } = form.formState;
  const password = useWatch({ control: form.control, name: 'password' });
  const submit = form.handleSubmit(async (values) => {
    try {
      await api.call(accountRoutes.resetPassword, { body: values });
    } catch (error) {
      showAccountRefusal(error, form.setError, ['code', 'password']);
      return;
    }
    try {
      await session.logIn(email, values.password);
    } catch {
      // The password is set anyway; the login screen will report what is wrong.
      partingWord.leave('password-set');
      await navigate(accountPath('/sign-in', { email, next }), { replace: true });
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <UsernameForManagers email={email} />
      <CodeField fault={errors.code?.message} {...form.register('code')} />
      <NewPasswordField
        label={t('New password')}
        password={password}
        error={sentence(errors.password?.message)}
        {...form.register('password')}
      />
      <Controller
        name="revokeKeys"
        control={form.control}
        render={({ field }) => (
          <Checkbox
            label={t('Also revoke all my API keys')}
            hint={t(
              'They stop working at once, for good. Do this if someone else may know your old password: they may have created keys or copied yours.',
            )}
            checked={field.value === true}
            onChange={field.onChange}
          />
        )}
      />
      <Button type="submit" variant="primary" wide busy={isSubmitting}>
        {t('Set password and log in')}
      </Button>
      <ResendCode send={() => api.call(accountRoutes.forgotPassword, { body: { email } })} />
    </form>
  );
}
