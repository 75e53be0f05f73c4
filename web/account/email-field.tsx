import type { UseFormRegisterReturn } from 'react-hook-form';
import { sentence } from '../form-errors.ts';
import { t } from '../language/t.ts';
import { TextField } from '../parts/forms/text-field.tsx';

type EmailFieldProps = UseFormRegisterReturn & { fault: string | undefined; hint?: string };

/** Doubles as the user name for password managers. */
export function EmailField({ fault, ...field }: EmailFieldProps) {
  return (
    <TextField
      label={t('E-mail address')}
      type="email"
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      error={sentence(fault)}
      {...field}
    />
  );
}
