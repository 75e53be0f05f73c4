import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, type Ref, useId } from 'react';

interface ChoiceCard {
  value: string;
  title: string;
  disabled?: boolean;
  children: ReactNode;
}

interface ChoiceCardsProps {
  label: string;
  options: readonly ChoiceCard[];
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  /** The radio to focus when the form is refused. */
  inputRef?: Ref<HTMLInputElement>;
}

/** One of a few options that need more than a name. */
export function ChoiceCards({ label, options, value, onChange, error, inputRef }: ChoiceCardsProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <p id={`${id}-label`} className="font-medium text-sm">
        {label}
      </p>
      <RadioGroup
        aria-labelledby={`${id}-label`}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        aria-invalid={error !== undefined}
        value={value}
        onValueChange={(next) => onChange(String(next))}
        inputRef={inputRef}
        className="grid gap-2.5 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]"
      >
        {options.map((option) => (
          <Card key={option.value} {...option} />
        ))}
      </RadioGroup>
      {error !== undefined && (
        <p id={`${id}-error`} className="flex gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

/** Labelled by its title and described by the rest, so that screen readers don't read it all as one name. */
function Card({ value, title, disabled = false, children }: ChoiceCard) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex flex-col gap-2 rounded-lg border border-line-strong/60 bg-surface p-4 shadow-card transition-colors hover:border-line-strong has-data-checked:border-accent has-data-checked:bg-accent-soft has-data-checked:shadow-[inset_0_0_0_1px_var(--color-accent)] has-data-disabled:cursor-not-allowed has-data-disabled:bg-sunken has-data-disabled:shadow-none"
    >
      <span className="flex items-center justify-between gap-3">
        <span id={`${id}-title`} className="wrap-anywhere min-w-0 font-medium">
          {title}
        </span>
        <Radio.Root
          id={id}
          nativeButton
          render={<button type="button" />}
          value={value}
          disabled={disabled}
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-rest`}
          className="flex size-4.5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent data-disabled:bg-sunken"
        >
          <Radio.Indicator className="size-2 rounded-full bg-on-accent forced-colors:bg-[CanvasText] data-unchecked:hidden" />
        </Radio.Root>
      </span>
      <span id={`${id}-rest`} className="flex flex-col gap-0.5 text-ink-soft text-sm">
        {children}
      </span>
    </label>
  );
}
