import type { ReactNode } from 'react';
import { describeError } from '../../describe-error.ts';
import { ConfirmByTyping } from './confirm-by-typing.tsx';
import { toasts } from './toasts.ts';

interface ConfirmRevokeProps {
  of: { name: string; last4: string };
  /** Whose key it is, if it isn't the reader's own. */
  user?: string | undefined;
  open: boolean;
  onClose: () => void;
  /** What else comes of it. */
  children: ReactNode;
  revocation: { mutate: () => void; isPending: boolean; isError: boolean; error: unknown };
}

/** The question before a key is revoked. */
export function ConfirmRevoke({ of: key, user, open, onClose, children, revocation }: ConfirmRevokeProps) {
  return (
    <ConfirmByTyping
      open={open}
      onOpenChange={(next) => next || onClose()}
      title="Revoke this key?"
      description={
        <>
          Calls with <strong className="wrap-anywhere font-medium text-ink">{key.name}</strong> (…{key.last4})
          {user !== undefined && (
            <>
              {' '}
              of <span className="wrap-anywhere">{user}</span>
            </>
          )}{' '}
          will fail at once, for good. {children}
        </>
      }
      phrase={key.name}
      confirmLabel="Revoke key"
      onConfirm={() => revocation.mutate()}
      busy={revocation.isPending}
      error={revocation.isError ? describeError(revocation.error).message : undefined}
    />
  );
}

export function sayRevoked({ name }: { name: string }): void {
  toasts.add({ type: 'success', title: `${name} is revoked`, description: 'Calls with it now fail.' });
}
