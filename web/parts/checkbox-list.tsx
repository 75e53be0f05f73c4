import { Checkbox } from '@base-ui/react/checkbox';
import { CheckboxGroup } from '@base-ui/react/checkbox-group';
import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface CheckboxListProps {
  label: string;
  hint?: ReactNode;
  options: readonly string[];
  value: string[];
  onChange: (value: string[]) => void;
}

/** Any of many names. */
export function CheckboxList({ label, hint, options, value, onChange }: CheckboxListProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <p id={`${id}-label`} className="font-medium text-sm">
        {label}
      </p>
      <CheckboxGroup
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={value}
        onValueChange={onChange}
        className="grid gap-x-4 sm:grid-cols-2"
      >
        {options.map((option) => (
          <label
            key={option}
            htmlFor={`${id}-${option}`}
            className="flex min-h-8 items-center gap-2.5 touch:min-h-11"
          >
            <Checkbox.Root
              id={`${id}-${option}`}
              nativeButton
              render={<button type="button" />}
              value={option}
              className="flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent"
            >
              <Checkbox.Indicator className="text-on-accent data-unchecked:hidden">
                <Check aria-hidden className="size-3.5" strokeWidth={3} />
              </Checkbox.Indicator>
            </Checkbox.Root>
            <span className="wrap-anywhere min-w-0 font-mono text-sm">{option}</span>
          </label>
        ))}
      </CheckboxGroup>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-ink-faint text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
