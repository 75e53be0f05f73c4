import type { UseFormRegisterReturn } from 'react-hook-form';
import { sentence } from '../form-errors.ts';
import { TextField } from '../parts/forms/text-field.tsx';
import { codeDigits, codeIn } from './one-time-code.ts';

type CodeFieldProps = UseFormRegisterReturn & {
  fault: string | undefined;
  /** Called once a whole code was pasted. */
  onPasted?: () => void;
};

/** A single input, so that phones can fill it in and a code can be pasted from anywhere. */
export function CodeField({ fault, onPasted, ...field }: CodeFieldProps) {
  const enter = (input: HTMLInputElement, code: string) => {
    input.value = code;
    void field.onChange({ target: input, type: 'change' });
  };
  return (
    <TextField
      label="Code"
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
        onPasted?.();
      }}
    />
  );
}
