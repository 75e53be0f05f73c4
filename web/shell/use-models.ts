import { useQuery } from '@tanstack/react-query';
import { chatRoutes } from '../../core/contract/chat/chat-routes.ts';
import { useApi } from './console-context.ts';

export function useModels() {
  const api = useApi();
  return useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => api.call(chatRoutes.listModels, { signal }),
    staleTime: 5 * 60_000,
  });
}
