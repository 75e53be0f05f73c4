import { type ReactNode, useId } from 'react';
import { CheckMark } from './check-mark.tsx';

interface CheckboxProps {
  label: string;
  hint: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A yes-or-no option. */
export function Checkbox({ label, hint, checked, onChange }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={id} className="flex min-h-8 items-center gap-2.5 font-medium text-sm touch:min-h-11">
        <CheckMark id={id} checked={checked} onCheckedChange={onChange} aria-describedby={`${id}-hint`} />
        {label}
      </label>
      <p id={`${id}-hint`} className="pl-7 text-ink-faint text-sm touch:-mt-2">
        {hint}
      </p>
    </div>
  );
}
