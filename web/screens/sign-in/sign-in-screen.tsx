import { TextLink } from '../../parts/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { accountPath } from '../sign-up/account-path.ts';
import { useCarried } from '../sign-up/use-carried.ts';
import { PartingNotice } from './parting-notice.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInScreen() {
  const { email, next } = useCarried();
  return (
    <AccountCard
      title="Log in"
      description="To your keys, usage and playground."
      footer={
        <>
          New here? <TextLink to={accountPath('/sign-up', { next })}>Create an account</TextLink>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <PartingNotice />
        <SignInForm
          {...(email !== undefined && { email })}
          aside={
            <p className="-mt-1 text-right text-sm">
              <TextLink to={accountPath('/forgot-password', { email, next })}>Forgot your password?</TextLink>
            </p>
          }
        />
      </div>
    </AccountCard>
  );
}
