import { Check } from 'lucide-react';
import type { ComponentProps } from 'react';

interface CheckMarkProps extends Omit<ComponentProps<'input'>, 'type' | 'className' | 'onChange'> {
  onCheckedChange: (checked: boolean) => void;
}

/** The box without its label. */
export function CheckMark({ onCheckedChange, ...props }: CheckMarkProps) {
  return (
    <span className="grid size-4.5 shrink-0 place-items-center [&>*]:[grid-area:1/1]">
      <input
        type="checkbox"
        {...props}
        onChange={(event) => onCheckedChange(event.currentTarget.checked)}
        className="peer size-4.5 appearance-none rounded-sm border border-line-strong bg-surface checked:border-accent checked:bg-accent forced-colors:appearance-auto"
      />
      <Check
        aria-hidden
        className="pointer-events-none hidden size-3.5 text-on-accent peer-checked:block forced-colors:peer-checked:hidden"
        strokeWidth={3}
      />
    </span>
  );
}
