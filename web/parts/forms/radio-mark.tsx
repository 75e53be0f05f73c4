import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

interface RadioMarkProps extends Omit<ComponentProps<'input'>, 'type' | 'size' | 'className' | 'onChange'> {
  size?: 'small' | 'medium';
  onChoose: () => void;
}

/** The circle without its label. All of a group have the same `name`. */
export function RadioMark({ size = 'small', onChoose, ...props }: RadioMarkProps) {
  return (
    <input
      type="radio"
      {...props}
      onChange={onChoose}
      className={clsx(
        'shrink-0 appearance-none rounded-full border border-line-strong bg-surface checked:border-[5px] checked:border-accent checked:bg-on-accent disabled:bg-sunken forced-colors:appearance-auto',
        size === 'small' ? 'size-4' : 'size-4.5',
      )}
    />
  );
}
