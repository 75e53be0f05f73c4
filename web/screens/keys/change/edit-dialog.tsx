import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { Controller, useForm } from 'react-hook-form';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import { longestName, type UpdateKeyBody } from '../../../../core/contract/key-requests.ts';
import { sentence, showRefusal } from '../../../form-errors.ts';
import type { Key } from '../../../keys/key.ts';
import { freePlans, holdersOf, type Plan } from '../../../keys/plan-places.ts';
import { useLiveKeys } from '../../../keys/use-live-keys.ts';
import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { useApi } from '../../../shell/console-context.ts';
import { useMe } from '../../../shell/session/use-me.ts';
import { useModels } from '../../../shell/use-models.ts';
import { usePlans } from '../../../shell/use-plans.ts';
import { FailedAttempt, isWorthRetrying } from '../failed-attempt.tsx';
import { ExpiryFields } from '../form/expiry-fields.tsx';
import { isOfLimits, type KeyForm, namesLimits, refusable } from '../form/key-form.ts';
import { LimitFields } from '../form/limit-fields.tsx';
import { PlanChoice } from '../plan/plan-choice.tsx';
import { PlansInUse, PlanTaken } from '../plan/plan-taken.tsx';
import { editKeySchema, formOfKey } from './edit-key-form.ts';

interface EditDialogProps {
  of: Key;
  open: boolean;
  onClose: () => void;
}

/** Changes a key's name, plan, expiry or limits. */
export function EditDialog({ of: key, open, onClose }: EditDialogProps) {
  const plans = usePlans();
  const formId = useId();
  const [isSubmitting, setSubmitting] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || isSubmitting || onClose()}
      size="wide"
      title={t('Edit key')}
      description={t('The secret stays the same. What you have used today still counts on another plan.')}
      footer={
        <>
          <Button onClick={onClose} disabled={isSubmitting}>
            {t('Cancel')}
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            busy={isSubmitting}
            disabled={plans.isPending}
          >
            {t('Save')}
          </Button>
        </>
      }
    >
      {plans.isPending ? (
        <LoadingRows label={t('Loading the plans')} />
      ) : (
        <EditForm
          of={key}
          id={formId}
          plans={plans.data?.data ?? []}
          onSubmitting={setSubmitting}
          onSaved={onClose}
          onLeave={onClose}
        />
      )}
    </Dialog>
  );
}

interface EditFormProps {
  of: Key;
  id: string;
  plans: readonly Plan[];
  onSubmitting: (isSubmitting: boolean) => void;
  onSaved: () => void;
  onLeave: () => void;
}

/** Sending what the key already has changes nothing, so a repeated call is harmless. */
function EditForm({ of: key, id, plans, onSubmitting, onSaved, onLeave }: EditFormProps) {
  const api = useApi();
  const queries = useQueryClient();
  const models = useModels().data?.data.map((model) => model.id) ?? [];
  const allowed = useMe().data?.plans;
  const others = (useLiveKeys().data ?? []).filter((other) => other.id !== key.id);
  const [retryable, setRetryable] = useState<unknown>();
  const [areLimitsOpen, setLimitsOpen] = useState(false);
  const [before] = useState(() =>
    formOfKey(
      key,
      plans.find(({ name }) => name === key.plan),
    ),
  );
  const form = useForm<KeyForm, unknown, UpdateKeyBody>({
    resolver: zodResolver(editKeySchema(plans, before, Date.now)),
    defaultValues: before,
  });
  const { errors, isSubmitting } = form.formState;
  const chosen = plans.find(({ name }) => name === form.watch('plan'));
  const holders = chosen === undefined ? [] : holdersOf(chosen, others);
  const pick = (plan: string) => {
    form.setValue('plan', plan);
    form.clearErrors('plan');
  };
  const submit = form.handleSubmit(
    async (body) => {
      setRetryable(undefined);
      onSubmitting(true);
      try {
        const changed = await api.call(keyRoutes.updateApiKey, { path: { id: key.id }, body });
        queries.setQueryData(['keys', 'one', key.id], changed);
        void queries.invalidateQueries({ queryKey: ['keys'] });
        const title =
          changed.plan === key.plan
            ? t('{name} is saved', { name: changed.name })
            : t('{name} is now on {plan}', { name: changed.name, plan: changed.plan });
        toasts.add({ type: 'success', title });
        onSaved();
      } catch (error) {
        if (isWorthRetrying(error)) return setRetryable(error);
        await queries.invalidateQueries({ queryKey: ['keys', 'live'] });
        // What is folded away can't take the focus.
        if (namesLimits(error)) flushSync(() => setLimitsOpen(true));
        showRefusal(error, form.setError, refusable);
      } finally {
        onSubmitting(false);
      }
    },
    (faults) => isOfLimits(faults) && setLimitsOpen(true),
  );
  return (
    <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-5">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <TextField
        label={t('Name')}
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
      <PlansInUse
        plans={plans.filter(({ name }) => name !== chosen?.name)}
        liveKeys={others}
        onLeave={onLeave}
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
          {t(
            'Calls with this key may be refused for a moment while the plan changes. The key shows as activating until then.',
          )}
        </Alert>
      )}
      <ExpiryFields form={form} error={errors.expiryDay?.message} current={key.expiresAt} />
      <Disclosure
        title={t('Limits')}
        summary={t('Requests, tokens, spend, allowed hosts, models')}
        open={areLimitsOpen}
        onOpenChange={setLimitsOpen}
      >
        <LimitFields form={form} plan={chosen} models={models} />
      </Disclosure>
      <FailedAttempt error={retryable} busy={isSubmitting} onRetry={() => void submit()} />
    </form>
  );
}
