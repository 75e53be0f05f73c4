import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { emailBody } from '../../../core/contract/account-requests.ts';
import { accountPath } from '../../account/account-path.ts';
import { EmailField } from '../../account/email-field.tsx';
import { LocalMailbox } from '../../account/local-mailbox.tsx';
import { useCarried } from '../../account/use-carried.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { ConfirmForm } from './confirm-form.tsx';

export function ConfirmScreen() {
  const { email, next } = useCarried();
  return (
    <AccountCard
      title="Confirm your address"
      description={
        email === undefined ? (
          'Which address did you sign up with?'
        ) : (
          <>
            Enter the six-digit code from the e-mail to <strong className="wrap-anywhere">{email}</strong>. It
            is valid for 24 hours.{' '}
            <TextLink to={accountPath('/sign-up', { email, next })}>Not your address?</TextLink>
          </>
        )
      }
      footer={
        <>
          Already have an account? Then no code is sent.{' '}
          <TextLink to={accountPath('/sign-in', { email, next })}>Log in</TextLink>
        </>
      }
    >
      {email === undefined ? (
        <AddressForm next={next} />
      ) : (
        <div className="flex flex-col gap-4">
          <LocalMailbox email={email} />
          <ConfirmForm key={email} email={email} next={next} />
        </div>
      )}
    </AccountCard>
  );
}

/** For visitors of the code screen whose link has no address. */
function AddressForm({ next }: { next: string | null }) {
  const navigate = useNavigate();
  const form = useForm({ resolver: zodResolver(emailBody), defaultValues: { email: '' } });
  const { setFocus } = form;
  useEffect(() => setFocus('email'), [setFocus]);
  const submit = form.handleSubmit(({ email }) => navigate(accountPath('/confirm', { email, next })));
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <EmailField fault={form.formState.errors.email?.message} {...form.register('email')} />
      <Button type="submit" variant="primary" wide>
        Continue
      </Button>
    </form>
  );
}
