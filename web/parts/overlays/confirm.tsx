import type { ReactNode } from 'react';
import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';

export interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, and to whom. */
  description: ReactNode;
  confirmLabel: string;
  /** For what takes something away. */
  danger?: boolean;
  onConfirm: () => void;
  busy: boolean;
  /** Why the last attempt failed. */
  error?: string | undefined;
}

/** For what can be made good again; `ConfirmByTyping` is for what can't. */
export function Confirm(props: ConfirmProps) {
  const ConfirmPopup = useOnDemand(popups, props.open)?.ConfirmPopup;
  return ConfirmPopup !== undefined && <ConfirmPopup {...props} />;
}
