import { Controller } from 'react-hook-form';
import { limitRows, requestRows } from '../../../../core/metering/windows.ts';
import { sentence } from '../../../form-errors.ts';
import type { Plan } from '../../../keys/plan-places.ts';
import { t } from '../../../language/t.ts';
import { LimitField } from '../../../limits/limit-field.tsx';
import { limitLabel } from '../../../limits/typed-limits.ts';
import { Checkbox } from '../../../parts/forms/checkbox.tsx';
import { CheckboxList } from '../../../parts/forms/checkbox-list.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import { useConsole } from '../../../shell/console-context.ts';
import type { KeyFieldsState } from './key-form.ts';

interface LimitFieldsProps {
  form: Pick<KeyFieldsState, 'register' | 'control' | 'formState'>;
  plan: Plan | undefined;
  /** Every model's name; [] until they have loaded. */
  models: readonly string[];
}

/** What a key may do less than its plan allows. */
export function LimitFields({ form, plan, models }: LimitFieldsProps) {
  const { errors } = form.formState;
  const { providers } = useConsole().config;
  const choosable = plan?.models ?? models;
  return (
    <div className="flex flex-col gap-6">
      <fieldset className="flex flex-col gap-3">
        <legend className="font-medium">{t('Limits for this key')}</legend>
        <p className="text-ink-faint text-sm">{t('Leave a field empty to use the plan’s limit.')}</p>
        <div className="grid gap-3 sm:grid-cols-2">
          {limitRows.map((row) => (
            <LimitField
              key={row.field}
              label={limitLabel(row)}
              otherwise={plan?.[row.field]}
              error={errors.limits?.[row.field]?.message}
              control={form.register(`limits.${row.field}`)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="font-medium">{t('Limits for each client address')}</legend>
        <p className="text-ink-faint text-sm">
          {t('For a key that many people share, so that nobody uses up the others’ requests.')}
        </p>
        <div className="grid gap-3 sm:grid-cols-2">
          {requestRows.map((row) => (
            <LimitField
              key={row.field}
              label={t('{limit}, each client', { limit: limitLabel(row) })}
              otherwise={plan?.[row.field]}
              error={errors.limits?.perClient?.[row.field]?.message}
              control={form.register(`limits.perClient.${row.field}`)}
            />
          ))}
        </div>
      </fieldset>
      <TextArea
        label={t('Allowed hosts')}
        hint={t(
          'One per line, such as app.example.com. Only pages on these hosts may use the key. The check reads the Origin header, so it holds for browsers only.',
        )}
        error={sentence(errors.allowedHosts?.message)}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        {...form.register('allowedHosts')}
      />
      {choosable.length > 0 && (
        <Controller
          control={form.control}
          name="models"
          render={({ field }) => (
            <CheckboxList
              label={t('Models')}
              hint={t('Select none to allow every model.')}
              options={choosable}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
      )}
      {providers.length > 0 && (
        <Controller
          control={form.control}
          name="requiresProviderKey"
          render={({ field }) => (
            <Checkbox
              label={t('Require a provider key')}
              hint={t(
                'Calls with this key are refused unless they use a provider key of yours, so that the operator of this service pays for none of them.',
              )}
              checked={field.value}
              onChange={field.onChange}
            />
          )}
        />
      )}
    </div>
  );
}
