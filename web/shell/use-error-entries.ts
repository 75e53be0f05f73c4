import { useQuery } from '@tanstack/react-query';
import { errorEntries } from './error-entries.ts';

/** What each error code means. Loaded on demand; until then the codes stand alone. */
export function useErrorEntries(): ReadonlyMap<string, string> | undefined {
  return useQuery({
    queryKey: ['reference', 'error-words'],
    queryFn: async () => errorEntries((await import('../../docs/errors.md?raw')).default),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}
