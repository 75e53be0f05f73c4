import { zodResolver } from '@hookform/resolvers/zod';
import { useId, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import { sentence } from '../../../form-errors.ts';
import type { Key } from '../../../keys/key.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { ChoiceRow } from '../../../parts/forms/choice-row.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { FailedAttempt } from '../failed-attempt.tsx';
import { NewKeyDialog } from '../secret/late-new-key-dialog.ts';
import { PreviousSecret } from '../secret/previous-secret.tsx';
import { useKeyMaker } from '../secret/use-key-maker.ts';
import {
  type GraceForm,
  graceChoices,
  graceLabels,
  graceSchema,
  mostHours,
  type RotateBody,
} from './rotation-grace.ts';

interface RotateDialogProps {
  of: Key;
  open: boolean;
  onClose: () => void;
}

/** Asks how long the old secret should keep working, then shows the new one, once. */
export function RotateDialog({ of: key, open, onClose }: RotateDialogProps) {
  const api = useApi();
  const [failure, setFailure] = useState<unknown>();
  const maker = useKeyMaker((body: RotateBody, idempotencyKey) =>
    api.call(keyRoutes.rotateApiKey, { path: { id: key.id }, body, idempotencyKey }),
  );
  const form = useForm<GraceForm, unknown, RotateBody>({
    resolver: zodResolver(graceSchema),
    defaultValues: { choice: 'hour', hours: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const formId = useId();
  const submit = form.handleSubmit(async (body) => {
    setFailure(undefined);
    await maker.run(body).catch(setFailure);
  });
  const choice = form.watch('choice');
  if (maker.made !== undefined) {
    return (
      <NewKeyDialog
        made={maker.made}
        title={t('Your key’s new secret')}
        onClose={() => {
          maker.forget();
          onClose();
        }}
      >
        <PreviousSecret of={maker.made} replaced={key.last4} />
      </NewKeyDialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || isSubmitting || onClose()}
      title={t('Rotate key')}
      description={
        <T
          text="<strong>{name}</strong> gets a new secret. Its plan, its limits and today’s usage stay."
          name={key.name}
          strong={(name) => <strong className="wrap-anywhere font-medium text-ink">{name}</strong>}
        />
      }
      footer={
        <>
          <Button onClick={onClose} disabled={isSubmitting}>
            {t('Cancel')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={isSubmitting}>
            {t('Rotate')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Controller
          control={form.control}
          name="choice"
          render={({ field }) => (
            <ChoiceRow
              label={t('How long …{end} keeps working', { end: key.last4 })}
              options={graceChoices.map((value) => ({ value, label: graceLabels()[value] }))}
              value={field.value}
              onChange={field.onChange}
              hint={
                choice === 'none'
                  ? t('The old secret stops working at once. Anything still using it will fail.')
                  : t(
                      'Both secrets work until then and count as one key, so you have time to replace the old one.',
                    )
              }
            />
          )}
        />
        {choice === 'custom' && (
          <TextField
            label={t('Hours')}
            inputMode="numeric"
            autoComplete="off"
            hint={t('Up to {hours} hours (a week).', { hours: mostHours })}
            error={sentence(errors.hours?.message)}
            {...form.register('hours')}
          />
        )}
        <FailedAttempt error={failure} busy={isSubmitting} onRetry={() => void submit()} />
      </form>
    </Dialog>
  );
}
