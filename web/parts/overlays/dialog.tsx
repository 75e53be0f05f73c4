import type { ReactNode } from 'react';
import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  size?: 'medium' | 'wide';
  /** False where closing it by accident would lose something that is shown only once. */
  dismissable?: boolean;
  /** What to focus first, if not the first focusable element. */
  initialFocus?: () => HTMLElement | null;
  children?: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
}

/** Centred on desktops, at the bottom on phones. */
export function Dialog(props: DialogProps) {
  const DialogPopup = useOnDemand(popups, props.open)?.DialogPopup;
  return DialogPopup !== undefined && <DialogPopup {...props} />;
}
