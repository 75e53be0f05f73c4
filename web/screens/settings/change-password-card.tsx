import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, useWatch } from 'react-hook-form';
import { changePasswordBody, sessionRoutes } from '../../../core/contract/accounts/sessions.ts';
import { NewPasswordField } from '../../account/new-password-field.tsx';
import { newPasswordByRules } from '../../account/password-rules.ts';
import { showAccountRefusal } from '../../account/refusal-words.ts';
import { UsernameForManagers } from '../../account/username-for-managers.tsx';
import { sentence } from '../../form-errors.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import { toasts } from '../../parts/overlays/toasts/toasts.ts';
import { useConsole } from '../../shell/console-context.ts';

const changePasswordForm = changePasswordBody.safeExtend({ newPassword: newPasswordByRules });
const empty = { currentPassword: '', newPassword: '' };

export function ChangePasswordCard({ email }: { email: string | undefined }) {
  const { api, session } = useConsole();
  const form = useForm({ resolver: zodResolver(changePasswordForm), defaultValues: empty });
  const { errors, isSubmitting } = form.formState;
  const newPassword = useWatch({ control: form.control, name: 'newPassword' });
  const submit = form.handleSubmit(async (body) => {
    try {
      session.adopt(await api.call(sessionRoutes.changePassword, { body }));
      form.reset(empty);
      toasts.add({
        type: 'success',
        title: t('Password changed'),
        description: t('You are logged out everywhere else.'),
      });
    } catch (error) {
      showAccountRefusal(error, form.setError, ['currentPassword', 'newPassword']);
    }
  });
  return (
    <Card
      title={t('Change password')}
      description={t('Changing it logs you out everywhere else. Your keys keep working.')}
    >
      <form onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-4">
        {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
        {email !== undefined && <UsernameForManagers email={email} />}
        <PasswordField
          label={t('Current password')}
          autoComplete="current-password"
          error={sentence(errors.currentPassword?.message)}
          {...form.register('currentPassword')}
        />
        <NewPasswordField
          label={t('New password')}
          password={newPassword}
          error={sentence(errors.newPassword?.message)}
          {...form.register('newPassword')}
        />
        <div>
          <Button type="submit" variant="primary" busy={isSubmitting}>
            {t('Change password')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
