import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts';

interface LinkButtonProps extends Omit<LinkProps, 'className'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  wide?: boolean;
}

/** A link that looks like a button. */
export function LinkButton({ variant, size, icon, wide = false, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={clsx(buttonStyle(variant, size), wide && 'w-full')}>
      {icon}
      {children}
    </Link>
  );
}
