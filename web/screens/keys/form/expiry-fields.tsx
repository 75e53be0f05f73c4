import { Controller } from 'react-hook-form';
import { sentence } from '../../../form-errors.ts';
import { t } from '../../../language/t.ts';
import { dateAndTimeWords, dateWords } from '../../../language/time-words.ts';
import { ChoiceRow } from '../../../parts/forms/choice-row.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import {
  dayOfTime,
  type ExpiryChoice,
  expiryChoices,
  expiryFault,
  expiryLabels,
  expiryTime,
} from './key-expiry.ts';
import type { KeyFieldsState } from './key-form.ts';

interface ExpiryFieldsProps {
  form: Pick<KeyFieldsState, 'register' | 'control' | 'watch'>;
  error: string | undefined;
  /** When the key expires now, if it exists and expires. */
  current?: string | null;
}

function optionsOf(choices: readonly ExpiryChoice[]) {
  const labels = expiryLabels();
  return choices.map((value) => ({ value, label: labels[value] }));
}

export function ExpiryFields({ form, error, current = null }: ExpiryFieldsProps) {
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
            label={t('Expires')}
            options={optionsOf(current === null ? expiryChoices : ['keep', ...expiryChoices])}
            value={field.value}
            onChange={field.onChange}
            hint={
              choice === 'never'
                ? t('It works until you revoke it.')
                : choice === 'keep' && current !== null
                  ? t('It expires on {time}.', { time: dateAndTimeWords(Date.parse(current)) })
                  : end && t('Its last day is {day}.', { day: dateWords(end) })
            }
          />
        )}
      />
      {choice === 'date' && (
        <div className="max-w-56">
          <TextField
            label={t('Last day')}
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
