import { accountPath } from '../../account/account-path.ts';
import { SignInForm } from '../../account/sign-in-form.tsx';
import { useCarried } from '../../account/use-carried.ts';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { PartingNotice } from './parting-notice.tsx';

export function SignInScreen() {
  const { email, next } = useCarried();
  return (
    <AccountCard
      title="Log in"
      description="Get to your keys, usage and playground."
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
