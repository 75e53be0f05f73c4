import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '../overlays/tooltip.tsx';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children' | 'aria-label'> {
  /** For screen readers, and as a tooltip. */
  label: string;
  icon: ReactNode;
}

export function IconButton({ label, icon, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <BaseButton type="button" aria-label={label} {...rest} className={iconButtonStyle}>
        {icon}
      </BaseButton>
    </Tooltip>
  );
}

export const iconButtonStyle =
  'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-hover touch:size-11 [&_svg]:size-4';
