import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { registerBody } from '../../../core/contract/accounts/account-requests.ts';
import { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import { accountPath } from '../../account/account-path.ts';
import { EmailField } from '../../account/email-field.tsx';
import { NewPasswordField } from '../../account/new-password-field.tsx';
import { newPasswordByRules } from '../../account/password-rules.ts';
import { pendingCredentials } from '../../account/pending-credentials.ts';
import { showAccountRefusal } from '../../account/refusal-words.ts';
import { justSent } from '../../account/sent-at.ts';
import { useCarried } from '../../account/use-carried.ts';
import { sentence } from '../../form-errors.ts';
import { choiceWords } from '../../language/list-words.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { useConsole } from '../../shell/console-context.ts';
import { firstKeyPath } from '../../shell/session/return-path.ts';

/** Leads to the code screen, or straight in where addresses need no confirmation. */
export function SignUpForm() {
  const { api, config, session } = useConsole();
  const { email = pendingCredentials.email() ?? '', next: wanted } = useCarried();
  const next = wanted ?? firstKeyPath;
  const navigate = useNavigate();
  const { allowedDomains } = config.signUp;
  const form = useForm({
    resolver: zodResolver(signUpSchema(allowedDomains)),
    defaultValues: { email, password: '' },
  });
  const { setFocus } = form;
  const [first] = useState(email === '' ? ('email' as const) : ('password' as const));
  useEffect(() => setFocus(first), [setFocus, first]);
  const { errors, isSubmitting } = form.formState;
  const password = useWatch({ control: form.control, name: 'password' });
  const submit = form.handleSubmit(async (values) => {
    try {
      const answer = await api.call(accountRoutes.register, { body: values });
      if (answer.status === 'confirmed') {
        // Logged in, the layout leads on to what the address names.
        await navigate(accountPath('/sign-up', { email: values.email, next }), { replace: true });
        // A new account has no authenticator app.
        await session.logIn(values.email, values.password);
        return;
      }
      pendingCredentials.keep({ ...values, registration: answer.registration });
      await navigate(accountPath('/confirm', { email: values.email, next }), { state: justSent() });
    } catch (error) {
      showAccountRefusal(error, form.setError, ['email', 'password']);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <EmailField
        fault={errors.email?.message}
        {...(allowedDomains.length > 0 && {
          hint: t('Use an address at {domains}.', { domains: choiceWords(allowedDomains) }),
        })}
        {...form.register('email')}
      />
      <NewPasswordField
        label={t('Password')}
        password={password}
        error={sentence(errors.password?.message)}
        {...form.register('password')}
      />
      <Button type="submit" variant="primary" wide busy={isSubmitting}>
        {t('Create account')}
      </Button>
    </form>
  );
}

/** @param allowedDomains [] allows every domain */
function signUpSchema(allowedDomains: readonly string[]) {
  const email = registerBody.shape.email.refine(
    (address) => allowedDomains.length === 0 || allowedDomains.includes(address.replace(/^.*@/, '')),
    {
      error: () =>
        t('Only addresses at {domains} can sign up here.', { domains: choiceWords(allowedDomains) }),
    },
  );
  return registerBody.extend({ email, password: newPasswordByRules });
}
