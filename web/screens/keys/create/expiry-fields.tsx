import { Controller } from 'react-hook-form';
import { sentence } from '../../../form-errors.ts';
import { ChoiceRow } from '../../../parts/forms/choice-row.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { dateWords } from '../../../time-words.ts';
import type { CreateKeyFormState } from './create-key-form.ts';
import { dayOfTime, expiryChoices, expiryFault, expiryLabels, expiryTime } from './key-expiry.ts';

interface ExpiryFieldsProps {
  form: Pick<CreateKeyFormState, 'register' | 'control' | 'watch'>;
  error: string | undefined;
}

const options = expiryChoices.map((value) => ({ value, label: expiryLabels[value] }));

export function ExpiryFields({ form, error }: ExpiryFieldsProps) {
  const [choice, day] = form.watch(['expiry', 'expiryDay']);
  const expiry = { choice, day };
  const end = expiryFault(expiry, Date.now()) === undefined ? expiryTime(expiry, Date.now()) : undefined;
  // Registered even while hidden, so that a refused form focuses it before the fields below.
  const dayField = form.register('expiryDay');
  return (
    <div className="flex flex-col gap-3">
      <Controller
        control={form.control}
        name="expiry"
        render={({ field }) => (
          <ChoiceRow
            label="Expires"
            options={options}
            value={field.value}
            onChange={field.onChange}
            hint={
              choice === 'never'
                ? 'It works until you revoke it.'
                : end && `Its last day is ${dateWords(end)}.`
            }
          />
        )}
      />
      {choice === 'date' && (
        <div className="max-w-56">
          <TextField
            label="Last day"
            type="date"
            min={dayOfTime(Date.now())}
            error={sentence(error)}
            {...dayField}
          />
        </div>
      )}
    </div>
  );
}
