import type { UseFormRegisterReturn } from 'react-hook-form';
import { sentence } from '../form-errors.ts';
import { countWords } from '../language/number-words.ts';
import { t } from '../language/t.ts';
import { TextField } from '../parts/forms/text-field.tsx';

interface LimitFieldProps {
  label: string;
  /** What applies if it is left empty; null for none. */
  otherwise: number | null | undefined;
  error: string | undefined;
  control: UseFormRegisterReturn;
}

export function LimitField({ label, otherwise, error, control }: LimitFieldProps) {
  return (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder={otherwise === undefined || otherwise === null ? t('No limit') : countWords(otherwise)}
      error={sentence(error)}
      {...control}
    />
  );
}
