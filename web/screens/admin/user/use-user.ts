import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import type { changeUserBody } from '../../../../core/contract/admin/users.ts';
import { useApi } from '../../../shell/console-context.ts';
import type { MailToUser } from './mail-words.ts';

export function useUser(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['admin', 'user', id],
    queryFn: ({ signal }) => api.call(adminRoutes.getUser, { path: { id }, signal }),
    staleTime: 0,
  });
}

/** Changing a user twice is harmless, so a lost answer can be retried. */
export function useChangeUser(id: string, onChanged: (mail: MailToUser) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changeUserBody>) =>
      api.call(adminRoutes.changeUser, { path: { id }, body }),
    onSuccess: ({ mail, ...user }) => {
      queries.setQueryData(['admin', 'user', id], user);
      void queries.invalidateQueries({ queryKey: ['admin'] });
      onChanged(mail);
    },
  });
}
