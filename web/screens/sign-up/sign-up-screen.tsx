import { accountPath } from '../../account/account-path.ts';
import { useCarried } from '../../account/use-carried.ts';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { PlanTeaser } from './plan-teaser.tsx';
import { SignUpForm } from './sign-up-form.tsx';

export function SignUpScreen() {
  const { next } = useCarried();
  return (
    <AccountCard
      title="Create an account"
      description={
        <>
          Your first API key is a minute away.
          <PlanTeaser />
        </>
      }
      footer={
        <>
          Have an account? <TextLink to={accountPath('/sign-in', { next })}>Log in</TextLink>
        </>
      }
    >
      <SignUpForm />
    </AccountCard>
  );
}
