import { accountPath } from '../../account/account-path.ts';
import { useCarried } from '../../account/use-carried.ts';
import { t } from '../../language/t.ts';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { ForgotPasswordForm } from './forgot-password-form.tsx';

export function ForgotPasswordScreen() {
  const { email, next } = useCarried();
  return (
    <AccountCard
      title={t('Reset your password')}
      description={t(
        'You’ll get a code by e-mail to set a new password. Your keys keep working unless you revoke them too.',
      )}
      footer={<TextLink to={accountPath('/sign-in', { email, next })}>{t('Back to login')}</TextLink>}
    >
      <ForgotPasswordForm />
    </AccountCard>
  );
}
