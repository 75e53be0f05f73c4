import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { providerKeyBody, providerKeyRoutes } from '../../core/contract/provider-keys.ts';
import { sentence, showRefusal } from '../form-errors.ts';
import { t } from '../language/t.ts';
import { Alert } from '../parts/alert.tsx';
import { Button } from '../parts/buttons/button.tsx';
import { SecretField } from '../parts/forms/secret-field.tsx';
import { Dialog } from '../parts/overlays/dialog.tsx';
import { toasts } from '../parts/overlays/toasts/toasts.ts';
import { useApi } from '../shell/console-context.ts';
import type { ProviderKey } from './use-provider-keys.ts';

export interface ProviderKeyDialogProps {
  keyId: string | undefined;
  provider: string;
  kept: ProviderKey | undefined;
  open: boolean;
  onClose: () => void;
}

/** Saving twice is harmless, so a lost answer can be retried. */
export function PutProviderKey({ keyId, provider, kept, open, onClose }: ProviderKeyDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const formId = useId();
  const form = useForm({ resolver: zodResolver(providerKeyBody), defaultValues: { key: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      await api.call(providerKeyRoutes.putProviderKey, { path: { provider }, query: { keyId }, body });
      await queries.invalidateQueries({ queryKey: ['provider-keys'] });
      toasts.add({ type: 'success', title: t('Key for {provider} saved', { provider }) });
      onClose();
    } catch (error) {
      showRefusal(error, form.setError, ['key']);
    }
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || isSubmitting || onClose()}
      title={
        kept === undefined
          ? t('Add a key for {provider}', { provider })
          : t('Replace the key for {provider}', { provider })
      }
      description={t(
        'It is encrypted as it is saved and used for your own calls only. Nobody can read it again, not even an admin.',
      )}
      footer={
        <>
          <Button onClick={onClose} disabled={isSubmitting}>
            {t('Cancel')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={isSubmitting}>
            {t('Save key')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
        <SecretField
          label={t('Key')}
          hint={t('As {provider} shows it. What it costs there, {provider} bills you.', { provider })}
          error={sentence(errors.key?.message)}
          {...form.register('key', { setValueAs: (text: string) => text.trim() })}
        />
      </form>
    </Dialog>
  );
}
