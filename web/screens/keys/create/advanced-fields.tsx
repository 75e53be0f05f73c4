import { Controller } from 'react-hook-form';
import { type LimitRow, limitRows, requestRows } from '../../../../core/metering/windows.ts';
import { sentence } from '../../../form-errors.ts';
import { countWords } from '../../../parts/figure-words.ts';
import { CheckboxList } from '../../../parts/forms/checkbox-list.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import type { CreateKeyFormState, Plan } from './create-key-form.ts';

interface AdvancedFieldsProps {
  form: Pick<CreateKeyFormState, 'register' | 'control' | 'formState'>;
  plan: Plan | undefined;
  /** Every model's name; [] until they have loaded. */
  models: readonly string[];
}

const labelOf = ({ unit, per }: LimitRow) =>
  `${unit === 'dollars' ? 'US dollars' : unit.charAt(0).toUpperCase() + unit.slice(1)} ${per}`;

/** Limits that are tighter than the plan's. */
export function AdvancedFields({ form, plan, models }: AdvancedFieldsProps) {
  const { errors } = form.formState;
  const choosable = plan?.models ?? models;
  return (
    <div className="flex flex-col gap-6">
      <fieldset className="flex flex-col gap-3">
        <legend className="font-medium">Limits for this key</legend>
        <p className="text-ink-faint text-sm">Leave a field empty to use the plan’s limit.</p>
        <div className="grid gap-3 sm:grid-cols-2">
          {limitRows.map((row) => (
            <LimitField
              key={row.field}
              label={labelOf(row)}
              most={plan?.[row.field]}
              error={errors.limits?.[row.field]?.message}
              control={form.register(`limits.${row.field}`)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="font-medium">Limits for each client address</legend>
        <p className="text-ink-faint text-sm">
          For a key that many people share, so that nobody uses up the others’ requests.
        </p>
        <div className="grid gap-3 sm:grid-cols-2">
          {requestRows.map((row) => (
            <LimitField
              key={row.field}
              label={`${labelOf(row)}, each client`}
              most={plan?.[row.field]}
              error={errors.limits?.perClient?.[row.field]?.message}
              control={form.register(`limits.perClient.${row.field}`)}
            />
          ))}
        </div>
      </fieldset>
      <TextArea
        label="Allowed hosts"
        hint="One per line, such as app.example.com. Only pages on these hosts may use the key. The check reads the Origin header, so it holds for browsers only."
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
              label="Models"
              hint="Select none to allow every model."
              options={choosable}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
      )}
    </div>
  );
}

interface LimitFieldProps {
  label: string;
  /** The plan's limit; null for none. */
  most: number | null | undefined;
  error: string | undefined;
  control: ReturnType<CreateKeyFormState['register']>;
}

function LimitField({ label, most, error, control }: LimitFieldProps) {
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder={most === undefined || most === null ? 'No limit' : countWords(most)}
      error={sentence(error)}
      {...control}
    />
  );
}
