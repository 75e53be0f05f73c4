import type { ReactNode } from 'react';
import { describeError } from '../../describe-error.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { ConfirmByTyping } from './confirm-by-typing.tsx';
import { toasts } from './toasts/toasts.ts';

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
  const name = <strong className="wrap-anywhere font-medium text-ink">{key.name}</strong>;
  return (
    <ConfirmByTyping
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t('Revoke this key?')}
      description={
        <>
          {user === undefined ? (
            <T
              text="Calls with {name} (…{last4}) will fail at once, for good."
              name={name}
              last4={key.last4}
            />
          ) : (
            <T
              text="Calls with {name} (…{last4}) of {user} will fail at once, for good."
              name={name}
              last4={key.last4}
              user={<span className="wrap-anywhere">{user}</span>}
            />
          )}{' '}
          {children}
        </>
      }
      phrase={key.name}
      confirmLabel={t('Revoke key')}
      onConfirm={() => revocation.mutate()}
      busy={revocation.isPending}
      error={revocation.isError ? describeError(revocation.error).message : undefined}
    />
  );
}

export function sayRevoked({ name }: { name: string }): void {
  toasts.add({
    type: 'success',
    title: t('{name} is revoked', { name }),
    description: t('Calls with it now fail.'),
  });
}
