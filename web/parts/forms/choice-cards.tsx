import { CircleAlert } from 'lucide-react';
import { type ReactNode, type Ref, useId } from 'react';
import { RadioMark } from './radio-mark.tsx';

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
  const focused = (
    options.find((option) => option.value === value) ?? options.find(({ disabled }) => !disabled)
  )?.value;
  return (
    <div className="flex flex-col gap-1.5">
      <p id={`${id}-label`} className="font-medium text-sm">
        {label}
      </p>
      <div
        role="radiogroup"
        aria-labelledby={`${id}-label`}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        aria-invalid={error !== undefined}
        className="grid gap-2.5 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]"
      >
        {options.map((option) => (
          <Card
            key={option.value}
            {...option}
            group={id}
            isChosen={option.value === value}
            onChoose={() => onChange(option.value)}
            inputRef={option.value === focused ? inputRef : undefined}
          />
        ))}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="flex gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

interface CardProps extends ChoiceCard {
  group: string;
  isChosen: boolean;
  onChoose: () => void;
  inputRef: Ref<HTMLInputElement> | undefined;
}

/** Labelled by its title and described by the rest, so that screen readers don't read it all as one name. */
function Card({ title, disabled = false, children, group, isChosen, onChoose, inputRef }: CardProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex flex-col gap-2 rounded-lg border border-line-strong/60 bg-surface p-4 shadow-card transition-colors hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--color-accent)] has-disabled:cursor-not-allowed has-disabled:bg-sunken has-disabled:shadow-none"
    >
      <span className="flex items-center justify-between gap-3">
        <span id={`${id}-title`} className="wrap-anywhere min-w-0 font-medium">
          {title}
        </span>
        <RadioMark
          id={id}
          name={group}
          ref={inputRef}
          size="medium"
          checked={isChosen}
          disabled={disabled}
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-rest`}
          onChoose={onChoose}
        />
      </span>
      <span id={`${id}-rest`} className="flex flex-col gap-0.5 text-ink-soft text-sm">
        {children}
      </span>
    </label>
  );
}
