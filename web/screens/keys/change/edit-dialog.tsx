import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import { longestName, updateKeyBody } from '../../../../core/contract/key-requests.ts';
import { sentence, showRefusal } from '../../../form-errors.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { toasts } from '../../../parts/overlays/toasts.ts';
import { useApi } from '../../../shell/console-context.ts';
import { useMe } from '../../../shell/use-me.ts';
import { usePlans } from '../../../shell/use-plans.ts';
import { FailedAttempt, isWorthRetrying } from '../failed-attempt.tsx';
import type { Key } from '../key.ts';
import { PlanChoice } from '../plan/plan-choice.tsx';
import { freePlans, holdersOf } from '../plan/plan-places.ts';
import { PlanTaken } from '../plan/plan-taken.tsx';
import { useLiveKeys } from '../plan/use-live-keys.ts';

interface EditDialogProps {
  of: Key;
  open: boolean;
  onClose: () => void;
}

/** Changes a key's name or plan. Sending what the key already has changes nothing, so a repeated call is harmless. */
export function EditDialog({ of: key, open, onClose }: EditDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const plans = usePlans().data?.data ?? [];
  const allowed = useMe().data?.plans;
  const others = (useLiveKeys().data ?? []).filter(({ id }) => id !== key.id);
  const [retryable, setRetryable] = useState<unknown>();
  const form = useForm({
    resolver: zodResolver(updateKeyBody),
    defaultValues: { name: key.name, plan: key.plan },
  });
  const { errors, isSubmitting } = form.formState;
  const formId = useId();
  const chosen = plans.find(({ name }) => name === form.watch('plan'));
  const holders = chosen === undefined ? [] : holdersOf(chosen, others);
  const pick = (plan: string) => {
    form.setValue('plan', plan);
    form.clearErrors('plan');
  };
  const submit = form.handleSubmit(async (body) => {
    setRetryable(undefined);
    try {
      const changed = await api.call(keyRoutes.updateApiKey, { path: { id: key.id }, body });
      queries.setQueryData(['keys', 'one', key.id], changed);
      void queries.invalidateQueries({ queryKey: ['keys'] });
      toasts.add({ type: 'success', title: `${changed.name} is now on ${changed.plan}` });
      onClose();
    } catch (error) {
      if (isWorthRetrying(error)) return setRetryable(error);
      await queries.invalidateQueries({ queryKey: ['keys', 'live'] });
      showRefusal(error, form.setError, ['name', 'plan']);
    }
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || isSubmitting || onClose()}
      size="wide"
      title="Edit key"
      description="The secret stays the same. What you have used today still counts on another plan."
      footer={
        <>
          <Button onClick={onClose} disabled={isSubmitting}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={isSubmitting}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-5">
        {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
        <TextField
          label="Name"
          autoComplete="off"
          maxLength={longestName}
          error={sentence(errors.name?.message)}
          {...form.register('name')}
        />
        <Controller
          control={form.control}
          name="plan"
          render={({ field }) => (
            <PlanChoice
              plans={plans}
              allowed={allowed}
              current={key.plan}
              liveKeys={others}
              value={field.value ?? key.plan}
              onChange={pick}
              inputRef={field.ref}
              error={holders.length === 0 ? sentence(errors.plan?.message) : undefined}
            />
          )}
        />
        {chosen !== undefined && chosen.name !== key.plan && holders.length > 0 && (
          <PlanTaken
            plan={chosen.name}
            holders={holders}
            isRefused={errors.plan !== undefined}
            other={freePlans(plans, allowed, others).find(({ name }) => name !== key.plan)?.name}
            onPick={pick}
          />
        )}
        {chosen !== undefined && chosen.name !== key.plan && holders.length === 0 && (
          <Alert tone="info">
            Calls with this key may be refused for a moment while the plan changes. The key shows as
            activating until then.
          </Alert>
        )}
        <FailedAttempt error={retryable} busy={isSubmitting} onRetry={() => void submit()} />
      </form>
    </Dialog>
  );
}
