import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { inviteUserBody } from '../../../../core/contract/admin/users.ts';
import { sentence, showRefusal } from '../../../form-errors.ts';
import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import { useApi } from '../../../shell/console-context.ts';

/** An invitation that was cut off goes on with the next attempt. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const formId = useId();
  const form = useForm({ resolver: zodResolver(inviteUserBody), defaultValues: { email: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      const user = await api.call(adminRoutes.inviteUser, { body });
      void queries.invalidateQueries({ queryKey: ['admin'] });
      toasts.add({ type: 'success', title: t('{email} is invited', { email: user.email }) });
      onClose();
      navigate(`/admin/users/${user.id}`);
    } catch (error) {
      showRefusal(error, form.setError, ['email', 'endsAt']);
    }
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || isSubmitting || onClose()}
      title={t('Invite a user')}
      description={t(
        'They get a code by e-mail and set their first password with it. The address may be of any domain.',
      )}
      footer={
        <>
          <Button onClick={onClose} disabled={isSubmitting}>
            {t('Cancel')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={isSubmitting}>
            {t('Invite')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
        <TextField
          label={t('E-mail address')}
          type="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={sentence(errors.email?.message)}
          {...form.register('email')}
        />
        <div className="max-w-56">
          <TextField
            type="date"
            label={t('First day without the account (UTC)')}
            hint={t('Empty: it never ends.')}
            error={sentence(errors.endsAt?.message)}
            {...form.register('endsAt', { setValueAs: (day) => day || undefined })}
          />
        </div>
      </form>
    </Dialog>
  );
}
