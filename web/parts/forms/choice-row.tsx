import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { type ReactNode, useId } from 'react';

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
      <RadioGroup
        aria-labelledby={`${id}-label`}
        value={value}
        onValueChange={(next) => onChange(next)}
        className="flex flex-wrap gap-2"
      >
        {options.map((option) => (
          <label
            key={option.value}
            htmlFor={`${id}-${option.value}`}
            className="flex h-9 items-center gap-2 rounded-md border border-line-strong/60 bg-surface px-3 text-ink-soft shadow-card transition-colors hover:border-line-strong hover:text-ink has-data-checked:border-accent has-data-checked:bg-accent-soft has-data-checked:text-ink touch:h-11"
          >
            <Radio.Root
              id={`${id}-${option.value}`}
              nativeButton
              render={<button type="button" />}
              value={option.value}
              className="flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent"
            >
              <Radio.Indicator className="size-1.5 rounded-full bg-on-accent forced-colors:bg-[CanvasText] data-unchecked:hidden" />
            </Radio.Root>
            <span lang={option.lang}>{option.label}</span>
          </label>
        ))}
      </RadioGroup>
      {hint !== undefined && (
        <p role="status" className="text-ink-faint text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
