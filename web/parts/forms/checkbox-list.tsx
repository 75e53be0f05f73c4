import { type ReactNode, useId } from 'react';
import { CheckMark } from './check-mark.tsx';

interface CheckboxListProps {
  label: string;
  hint?: ReactNode;
  options: readonly string[];
  value: string[];
  onChange: (value: string[]) => void;
}

/** Any number of names from a list. */
export function CheckboxList({ label, hint, options, value, onChange }: CheckboxListProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <p id={`${id}-label`} className="font-medium text-sm">
        {label}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be laid out as the label is */}
      <div
        role="group"
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="grid gap-x-4 sm:grid-cols-2"
      >
        {options.map((option) => (
          <label
            key={option}
            htmlFor={`${id}-${option}`}
            className="flex min-h-8 items-center gap-2.5 touch:min-h-11"
          >
            <CheckMark
              id={`${id}-${option}`}
              checked={value.includes(option)}
              onCheckedChange={(isChecked) =>
                onChange(isChecked ? [...value, option] : value.filter((one) => one !== option))
              }
            />
            <span className="wrap-anywhere min-w-0 font-mono text-sm">{option}</span>
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-ink-faint text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
