import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { emailBody } from '../../../core/contract/accounts/account-requests.ts';
import { accountPath } from '../../account/account-path.ts';
import { EmailField } from '../../account/email-field.tsx';
import { LocalMailbox } from '../../account/local-mailbox.tsx';
import { useCarried } from '../../account/use-carried.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { ConfirmForm } from './confirm-form.tsx';

export function ConfirmScreen() {
  const { email, next } = useCarried();
  return (
    <AccountCard
      title={t('Confirm your address')}
      description={
        email === undefined ? (
          t('Which address did you sign up with?')
        ) : (
          <T
            text="Enter the six-digit code from the e-mail to {email}. It is valid for 24 hours. <a>Not your address?</a>"
            email={<strong className="wrap-anywhere">{email}</strong>}
            a={(words) => <TextLink to={accountPath('/sign-up', { email, next })}>{words}</TextLink>}
          />
        )
      }
      footer={
        <T
          text="Already have an account? Then no code is sent. <a>Log in</a>"
          a={(words) => <TextLink to={accountPath('/sign-in', { email, next })}>{words}</TextLink>}
        />
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
        {t('Continue')}
      </Button>
    </form>
  );
}
