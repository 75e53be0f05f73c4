import { useQuery } from '@tanstack/react-query';
import { errorWords } from './error-words.ts';

/** What each error code means. Loaded on demand; until then the codes stand alone. */
export function useErrorWords(): ReadonlyMap<string, string> | undefined {
  return useQuery({
    queryKey: ['reference', 'error-words'],
    queryFn: async () => errorWords((await import('../../docs/errors.md?raw')).default),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}
