import { useRef } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { sentence } from '../form-errors.ts';
import { t } from '../language/t.ts';
import { TextField } from '../parts/forms/text-field.tsx';
import { codeDigits, codeIn, codeLength } from './one-time-code.ts';

type CodeFieldProps = UseFormRegisterReturn & {
  fault: string | undefined;
  /** Called once a whole code is there, typed or pasted. */
  onComplete?: () => void;
};

/** A single input, so that phones can fill it in and a code can be pasted from anywhere. */
export function CodeField({ fault, onComplete, ...field }: CodeFieldProps) {
  const entered = useRef('');
  const enter = (input: HTMLInputElement, code: string) => {
    const isNew = code !== entered.current;
    entered.current = code;
    input.value = code;
    void field.onChange({ target: input, type: 'change' });
    if (isNew && code.length === codeLength) onComplete?.();
  };
  return (
    <TextField
      label={t('Code')}
      mono
      autoComplete="one-time-code"
      inputMode="numeric"
      placeholder="000000"
      error={sentence(fault)}
      {...field}
      onChange={({ currentTarget }) => enter(currentTarget, codeDigits(currentTarget.value))}
      onPaste={(event) => {
        const code = codeIn(event.clipboardData.getData('text'));
        if (code === undefined) return;
        event.preventDefault();
        enter(event.currentTarget, code);
      }}
    />
  );
}
