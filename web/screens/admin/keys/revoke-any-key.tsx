import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useState } from 'react';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { ApiError } from '../../../api-error.ts';
import { t } from '../../../language/t.ts';
import { ConfirmRevoke, sayRevoked } from '../../../parts/overlays/confirm-revoke.tsx';
import { useApi } from '../../../shell/console-context.ts';
import type { AdminKey } from '../admin-types.ts';

const RevokeContext = createContext<(key: AdminKey) => void>(() => {});

/** Opens the question before a key is revoked. */
export const useRevokeAnyKey = () => use(RevokeContext);

export function RevokeAnyKey({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ key: AdminKey; turn: number }>();
  const [isOpen, setIsOpen] = useState(false);
  const ask = (key: AdminKey) => {
    setAsked((before) => ({ key, turn: (before?.turn ?? 0) + 1 }));
    setIsOpen(true);
  };
  return (
    <RevokeContext value={ask}>
      {children}
      {asked && (
        <RevokeDialog key={asked.turn} of={asked.key} open={isOpen} onClose={() => setIsOpen(false)} />
      )}
    </RevokeContext>
  );
}

function RevokeDialog({ of: key, open, onClose }: { of: AdminKey; open: boolean; onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const revocation = useMutation({
    mutationFn: () =>
      api
        .call(adminRoutes.revokeAnyApiKey, { path: { id: key.id } })
        // It has ended already, perhaps by an attempt whose answer was lost.
        .catch((error: unknown) => {
          if (!(error instanceof ApiError && error.code === 'not_found')) throw error;
        }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['admin'] });
      sayRevoked(key);
      onClose();
    },
  });
  return (
    <ConfirmRevoke
      of={key}
      user={key.userEmail ?? key.userId}
      open={open}
      onClose={onClose}
      revocation={revocation}
    >
      {t('Its user isn’t told.')}
    </ConfirmRevoke>
  );
}
