import { Navigate } from 'react-router';
import { accountPath } from '../../account/account-path.ts';
import { LocalMailbox } from '../../account/local-mailbox.tsx';
import { useCarried } from '../../account/use-carried.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { ResetPasswordForm } from './reset-password-form.tsx';

export function ResetPasswordScreen() {
  const { email, next } = useCarried();
  if (email === undefined) return <Navigate to={accountPath('/forgot-password', { next })} replace />;
  return (
    <AccountCard
      title={t('Set a new password')}
      description={
        <T
          text="If {email} has an account, a code is on its way. It is valid for an hour. <a>Not your address?</a>"
          email={<strong className="wrap-anywhere">{email}</strong>}
          a={(words) => <TextLink to={accountPath('/forgot-password', { email, next })}>{words}</TextLink>}
        />
      }
      footer={<TextLink to={accountPath('/sign-in', { email, next })}>{t('Back to login')}</TextLink>}
    >
      <div className="flex flex-col gap-4">
        <LocalMailbox email={email} />
        <ResetPasswordForm key={email} email={email} next={next} />
      </div>
    </AccountCard>
  );
}
