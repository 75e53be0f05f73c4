import { Button as BaseButton } from '@base-ui/react/button';
import { clsx } from 'clsx';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Work is in progress: the button stays focusable and ignores clicks. */
  busy?: boolean;
  wide?: boolean;
}

export function Button({ variant, size, icon, busy = false, wide = false, children, ...rest }: ButtonProps) {
  return (
    <BaseButton
      type="button"
      focusableWhenDisabled
      {...rest}
      disabled={busy || rest.disabled === true}
      aria-busy={busy}
      className={clsx(buttonStyle(variant, size), wide && 'w-full')}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {children}
    </BaseButton>
  );
}
