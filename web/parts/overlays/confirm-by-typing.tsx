import type { ReactNode } from 'react';
import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';

export interface ConfirmByTypingProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will be gone, and that it can't be undone. */
  description: ReactNode;
  /** What the user must type: the name of what will be gone. */
  phrase: string;
  confirmLabel: string;
  onConfirm: () => void;
  busy: boolean;
  /** Why the last attempt failed. */
  error?: string | undefined;
  /** Fields besides the phrase. */
  children?: ReactNode;
}

/** For what can't be undone. Empty each time it opens. */
export function ConfirmByTyping(props: ConfirmByTypingProps) {
  const ConfirmByTypingPopup = useOnDemand(popups, props.open)?.ConfirmByTypingPopup;
  return ConfirmByTypingPopup !== undefined && <ConfirmByTypingPopup {...props} />;
}
