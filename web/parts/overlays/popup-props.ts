import type { ReactElement, ReactNode } from 'react';
import type { FieldControl } from '../forms/field-frame.tsx';

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

export interface MenuProps {
  /** The button that opens it; needs an accessible name. */
  trigger: ReactElement<Record<string, unknown>>;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

export interface MenuItemProps {
  icon?: ReactNode;
  danger?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export interface MenuLinkProps {
  icon?: ReactNode;
  to: string;
  children: ReactNode;
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

export interface SideDrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  footer: ReactNode;
}

export interface SelectOption {
  value: string;
  label: string;
  /** A second line. */
  detail?: string;
}

export interface SelectPopupProps {
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  name?: string | undefined;
  field: FieldControl;
}
