import { type ReactNode, useId } from 'react';
import { RadioMark } from './radio-mark.tsx';

interface ChoiceRowProps<Value extends string> {
  label: string;
  /** `lang` where a label is in another language than the page. */
  options: readonly { value: Value; label: string; lang?: string }[];
  value: Value;
  onChange: (value: Value) => void;
  /** What the choice means; announced when it changes. */
  hint?: ReactNode;
}

/** One of a few short options, all visible. */
export function ChoiceRow<Value extends string>(props: ChoiceRowProps<Value>) {
  const { label, options, value, onChange, hint } = props;
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <p id={`${id}-label`} className="font-medium text-sm">
        {label}
      </p>
      <div role="radiogroup" aria-labelledby={`${id}-label`} className="flex flex-wrap gap-1.5 sm:gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            htmlFor={`${id}-${option.value}`}
            className="flex h-9 items-center gap-1.5 rounded-md border border-line-strong/60 bg-surface px-2.5 text-ink-soft shadow-card transition-colors hover:border-line-strong hover:text-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:text-ink touch:h-11"
          >
            <RadioMark
              id={`${id}-${option.value}`}
              name={id}
              checked={option.value === value}
              onChoose={() => onChange(option.value)}
            />
            <span lang={option.lang}>{option.label}</span>
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p role="status" className="text-ink-faint text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
