import { accountPath } from '../../account/account-path.ts';
import { useCarried } from '../../account/use-carried.ts';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { ForgotPasswordForm } from './forgot-password-form.tsx';

export function ForgotPasswordScreen() {
  const { email, next } = useCarried();
  return (
    <AccountCard
      title="Forgotten password"
      description="A code comes by e-mail. With it you set a new password; your keys go on working, unless you revoke them with it."
      footer={<TextLink to={accountPath('/sign-in', { email, next })}>Back to log in</TextLink>}
    >
      <ForgotPasswordForm />
    </AccountCard>
  );
}
