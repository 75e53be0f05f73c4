import { useQuery } from '@tanstack/react-query';
import { docPages } from './doc-pages.ts';
import { type DocSection, sectionsOf } from './doc-sections.ts';

/** All pages, to be searched; loaded once somebody searches. */
export function useDocSections(wanted: boolean): readonly DocSection[] {
  const { data = [] } = useQuery({
    queryKey: ['docs', 'sections'],
    enabled: wanted,
    queryFn: async () => {
      const pages = await Promise.all(
        docPages.map(async ({ path, load }) => sectionsOf(path, (await load()).default)),
      );
      return pages.flat();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
