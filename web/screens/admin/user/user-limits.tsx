import { zodResolver } from '@hookform/resolvers/zod';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod';
import { changeUserBody } from '../../../../core/contract/admin/users.ts';
import { issueWords } from '../../../../core/contract/issue-words.ts';
import { byField, type LimitField as Field, limitRows } from '../../../../core/metering/windows.ts';
import { showRefusal } from '../../../form-errors.ts';
import { t } from '../../../language/t.ts';
import { LimitField } from '../../../limits/limit-field.tsx';
import { limitLabel, numbersOf, present } from '../../../limits/typed-limits.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import type { AdminUserInFull } from '../admin-types.ts';
import { useChangeUser } from './use-user.ts';

interface UserLimitsProps {
  of: AdminUserInFull;
  open: boolean;
  onClose: () => void;
}

interface Form {
  limits: Record<Field, string>;
}
type Body = Pick<z.infer<typeof changeUserBody>, 'limits'>;

/** As typed; all empty is null: the settings' limits alone. */
const schema = z.custom<Form>().transform(({ limits }, context): Body => {
  const body = { limits: present(numbersOf(limits)) ?? null };
  const parsed = changeUserBody.safeParse(body, { error: issueWords });
  for (const { path, message } of parsed.error?.issues ?? [])
    context.addIssue({ code: 'custom', path, message });
  return parsed.success ? { limits: parsed.data.limits } : z.NEVER;
});

const fields = limitRows.map(({ field }) => `limits.${field}` as const);

/** What all keys of a user may do together. */
export function UserLimits({ of: user, open, onClose }: UserLimitsProps) {
  const formId = useId();
  const form = useForm<Form, unknown, Body>({
    resolver: zodResolver(schema),
    defaultValues: { limits: byField(limitRows, ({ field }) => String(user.limits?.[field] ?? '')) },
  });
  const { errors, isSubmitting } = form.formState;
  const change = useChangeUser(user.id, () => {
    toasts.add({ type: 'success', title: t('Limits of {email} changed', { email: user.email }) });
    onClose();
  });
  const submit = form.handleSubmit((body) =>
    change.mutateAsync(body).catch((error: unknown) => showRefusal(error, form.setError, fields)),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || isSubmitting || onClose()}
      size="wide"
      title={t('Limits of this user')}
      description={t(
        'What all keys of the user may do together. Where a field is empty, the settings of this service decide.',
      )}
      footer={
        <>
          <Button onClick={onClose} disabled={isSubmitting}>
            {t('Cancel')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={isSubmitting}>
            {t('Save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
        <div className="grid gap-3 sm:grid-cols-2">
          {limitRows.map((row) => (
            <LimitField
              key={row.field}
              label={limitLabel(row)}
              otherwise={settingOf(user, row)}
              error={errors.limits?.[row.field]?.message}
              control={form.register(`limits.${row.field}`)}
            />
          ))}
        </div>
      </form>
    </Dialog>
  );
}

/** The settings' own limit, where it isn't hidden by the user's. */
function settingOf({ limits, windows }: AdminUserInFull, row: (typeof limitRows)[number]) {
  if ((limits?.[row.field] ?? null) !== null) return undefined;
  return windows.find(({ unit, window }) => unit === row.unit && window === row.kind)?.limit;
}
