import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { emailBody } from '../../../core/contract/accounts.ts';
import { accountPath } from '../../account/account-path.ts';
import { EmailField } from '../../account/email-field.tsx';
import { Button } from '../../parts/buttons/button.tsx';

/** For visitors of the code screen whose link has no address. */
export function AddressForm({ next }: { next: string | null }) {
  const navigate = useNavigate();
  const form = useForm({ resolver: zodResolver(emailBody), defaultValues: { email: '' } });
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
