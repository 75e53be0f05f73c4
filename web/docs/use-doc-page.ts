import { useQuery } from '@tanstack/react-query';
import type { DocPageEntry } from './doc-pages.ts';

export function useDocPage(entry: DocPageEntry) {
  return useQuery({
    queryKey: ['docs', entry.path],
    queryFn: async () => (await entry.load()).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
