import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { type ComponentProps, Fragment, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Controller, useForm } from 'react-hook-form';
import { type CreateKeyBody, longestName } from '../../../../core/contract/key-requests.ts';
import { ApiError } from '../../../api-error.ts';
import { sentence, showRefusal } from '../../../form-errors.ts';
import type { Key } from '../../../keys/key.ts';
import { freePlans, holdersOf, type Plan } from '../../../keys/plan-places.ts';
import { t } from '../../../language/t.ts';
import { planPriceWords } from '../../../limit-words.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { lately } from '../../../parts/on-demand.ts';
import { isWorthRetrying, RetryNotice } from '../failed-attempt.tsx';
import { ExpiryFields } from '../form/expiry-fields.tsx';
import {
  createKeySchema,
  emptyForm,
  isOfLimits,
  type KeyForm,
  nameForNew,
  namesLimits,
  refusable,
} from '../form/key-form.ts';
import type * as limitFields from '../form/limit-fields.tsx';
import { PlanChoice } from '../plan/plan-choice.tsx';
import { PlansInUse, PlanTaken } from '../plan/plan-taken.tsx';
import { KeySummary } from './key-summary.tsx';

const LimitFields = lately<ComponentProps<typeof limitFields.LimitFields> & { open: boolean }>(() =>
  import('../form/limit-fields.tsx').then((module) => module.LimitFields),
);

interface CreateKeyFieldsProps {
  plans: readonly Plan[];
  /** Names of the plans this user may choose; undefined until they have loaded. */
  allowed: readonly string[] | undefined;
  liveKeys: readonly Key[];
  models: readonly string[];
  /** The plan that the user came for. */
  picked?: string | undefined;
  /** @throws ApiError */
  onCreate: (body: CreateKeyBody) => Promise<void>;
}

export function CreateKeyFields({
  plans,
  allowed,
  liveKeys,
  models,
  picked,
  onCreate,
}: CreateKeyFieldsProps) {
  const queries = useQueryClient();
  const [retryable, setRetryable] = useState<ApiError>();
  const [areLimitsOpen, setLimitsOpen] = useState(false);
  const free = freePlans(plans, allowed, liveKeys);
  const form = useForm<KeyForm, unknown, CreateKeyBody>({
    resolver: zodResolver(createKeySchema(plans, Date.now)),
    defaultValues: {
      ...emptyForm,
      name: nameForNew(liveKeys),
      plan: (free.find(({ name }) => name === picked) ?? free[0] ?? plans[0])?.name ?? '',
    },
  });
  const { setFocus } = form;
  // Selected, so that typing replaces the name.
  useEffect(() => setFocus('name', { shouldSelect: true }), [setFocus]);
  const { errors, isSubmitting } = form.formState;
  const plan = plans.find(({ name }) => name === form.watch('plan'));
  const holders = plan === undefined ? [] : holdersOf(plan, liveKeys);
  const pick = (name: string) => {
    form.setValue('plan', name);
    form.clearErrors('plan');
  };
  const submit = form.handleSubmit(
    async (body) => {
      setRetryable(undefined);
      try {
        await onCreate(body);
      } catch (error) {
        if (isWorthRetrying(error)) return setRetryable(error);
        // Another tab or the API has made a key since the list was loaded.
        if (error instanceof ApiError && error.code === 'key_exists')
          await queries.invalidateQueries({ queryKey: ['keys'] });
        // What is folded away can't take the focus.
        if (namesLimits(error)) flushSync(() => setLimitsOpen(true));
        showRefusal(error, form.setError, refusable);
      }
    },
    (faults) => isOfLimits(faults) && setLimitsOpen(true),
  );
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_21rem]">
      <Card>
        <form onSubmit={submit} noValidate className="flex flex-col gap-6">
          {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
          <TextField
            label={t('Name')}
            hint={t('Helps you tell your keys apart, such as “My laptop”.')}
            autoComplete="off"
            maxLength={longestName}
            error={sentence(errors.name?.message)}
            {...form.register('name')}
          />
          <div className="flex flex-col gap-2.5">
            <Controller
              control={form.control}
              name="plan"
              render={({ field }) => (
                <PlanChoice
                  plans={plans}
                  allowed={allowed}
                  liveKeys={liveKeys}
                  value={field.value}
                  onChange={pick}
                  inputRef={field.ref}
                  error={holders.length === 0 ? sentence(errors.plan?.message) : undefined}
                />
              )}
            />
            <PlansToBuy plans={plans} allowed={allowed} />
            <PlansInUse plans={plans.filter(({ name }) => name !== plan?.name)} liveKeys={liveKeys} />
            {plans.length > 1 && plans.every(({ maxKeysPerPlan }) => maxKeysPerPlan === 1) && (
              <p className="text-ink-faint text-sm">
                {t(
                  'A plan takes one key, and each key has a day of its own: with a small tool on a small plan, the larger one stays free.',
                )}
              </p>
            )}
            {plan !== undefined && (
              <PlanTaken
                plan={plan.name}
                holders={holders}
                isRefused={errors.plan !== undefined}
                other={free[0]?.name}
                onPick={pick}
              />
            )}
          </div>
          <ExpiryFields form={form} error={errors.expiryDay?.message} />
          <Disclosure
            title={t('Limits')}
            summary={t('Requests, tokens, spend, allowed hosts, models')}
            open={areLimitsOpen}
            onOpenChange={setLimitsOpen}
          >
            <p className="mb-4 text-ink-soft text-sm">
              {t('All of this can be changed later: choose Edit on the key’s page.')}
            </p>
            <LimitFields open={areLimitsOpen} form={form} plan={plan} models={models} />
          </Disclosure>
          {retryable !== undefined && (
            <RetryNotice error={retryable} busy={isSubmitting} onRetry={() => void submit()} />
          )}
          <div className="flex flex-col gap-2 border-line border-t pt-5 sm:flex-row">
            <Button type="submit" variant="primary" busy={isSubmitting}>
              {t('Create key')}
            </Button>
            <LinkButton to="/keys" variant="ghost">
              {t('Cancel')}
            </LinkButton>
          </div>
        </form>
      </Card>
      <KeySummary form={form.watch()} plan={plan} model={plan?.models?.[0] ?? models[0]} />
    </div>
  );
}

/** Plans that the user doesn't pay for yet. */
function PlansToBuy({ plans, allowed }: Pick<CreateKeyFieldsProps, 'plans' | 'allowed'>) {
  const toBuy = plans.filter(
    ({ name, stripePriceId }) => stripePriceId !== null && allowed?.includes(name) === false,
  );
  if (toBuy.length === 0) return null;
  return (
    <p className="text-ink-soft text-sm">
      {t('With a subscription:')}{' '}
      {toBuy.map(({ name, price }, at) => (
        <Fragment key={name}>
          {at > 0 && ', '}
          <TextLink to={`/billing?plan=${encodeURIComponent(name)}`}>{name}</TextLink> (
          {planPriceWords(price)})
        </Fragment>
      ))}
      .
    </p>
  );
}
