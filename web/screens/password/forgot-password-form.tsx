import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { emailBody } from '../../../core/contract/accounts/account-requests.ts';
import { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import { accountPath } from '../../account/account-path.ts';
import { EmailField } from '../../account/email-field.tsx';
import { showAccountRefusal } from '../../account/refusal-words.ts';
import { justSent } from '../../account/sent-at.ts';
import { useCarried } from '../../account/use-carried.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { useApi } from '../../shell/console-context.ts';

/** Works the same for every address, so that nobody can find out who has an account. */
export function ForgotPasswordForm() {
  const api = useApi();
  const { email = '', next } = useCarried();
  const navigate = useNavigate();
  const form = useForm({ resolver: zodResolver(emailBody), defaultValues: { email } });
  const { setFocus } = form;
  useEffect(() => setFocus('email'), [setFocus]);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await api.call(accountRoutes.forgotPassword, { body: values });
      await navigate(accountPath('/reset-password', { ...values, next }), { state: justSent() });
    } catch (error) {
      showAccountRefusal(error, form.setError, ['email']);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <EmailField fault={errors.email?.message} {...form.register('email')} />
      <Button type="submit" variant="primary" wide busy={isSubmitting}>
        {t('Send a code')}
      </Button>
    </form>
  );
}
