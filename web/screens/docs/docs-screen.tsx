import { FileQuestion } from 'lucide-react';
import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { DocPage } from '../../docs/doc-page.ts';
import { type DocPageEntry, docPages } from '../../docs/doc-pages.ts';
import { useDocPage } from '../../docs/use-doc-page.ts';
import { isEnglish, t } from '../../language/t.ts';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { DocContent } from './doc-content.tsx';
import { DocNavigation } from './doc-navigation.tsx';
import { NextPage } from './next-page.tsx';
import { OnThisPage } from './on-this-page.tsx';
import { useDocWords } from './use-doc-words.ts';

/** A page of docs/, chosen by the address. */
export function DocsScreen() {
  const { pathname } = useLocation();
  const entry = docPages.find(({ path }) => path === pathname.replace(/\/$/, ''));
  return (
    <div className="grid gap-x-10 gap-y-5 lg:grid-cols-[10rem_minmax(0,1fr)] xl:grid-cols-[10rem_minmax(0,1fr)_11rem]">
      <DocNavigation />
      {entry === undefined ? <NoSuchPage /> : <Page key={entry.path} entry={entry} />}
    </div>
  );
}

function Page({ entry }: { entry: DocPageEntry }) {
  const { data, error, isFetching, refetch } = useDocPage(entry);
  const { hash } = useLocation();
  if (entry.path === '/docs' && data !== undefined && hash !== '' && !hasHeading(data, hash))
    // The reference was at this address first, and errors link to its entries here.
    return <Navigate to={`/docs/api${hash}`} replace />;
  if (data !== undefined) return <Article entry={entry} page={data} />;
  return (
    <article className="min-w-0 max-w-2xl">
      <PageHeader title={entry.label()} />
      {error === null ? (
        <div role="status" aria-label={t('Loading the page')} className="flex flex-col gap-4">
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-5/6" />
          <Skeleton className="h-40 w-full" />
        </div>
      ) : (
        <ErrorState
          title={t('The page could not be loaded')}
          error={error}
          onRetry={() => void refetch()}
          busy={isFetching}
        />
      )}
    </article>
  );
}

const hasHeading = ({ headings }: DocPage, hash: string) => headings.some(({ id }) => `#${id}` === hash);

function Article({ entry, page }: { entry: DocPageEntry; page: DocPage }) {
  const words = useDocWords();
  const { hash, key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key tells visits of the same address apart
  useEffect(() => {
    if (hash !== '') document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  }, [hash, key]);
  return (
    <>
      <article className="min-w-0 max-w-2xl">
        <PageHeader
          title={page.title}
          lang="en"
          description={isEnglish() ? undefined : t('These pages are in English only.')}
        />
        <DocContent page={page} lang="en" words={words} />
        <NextPage after={entry} />
      </article>
      <OnThisPage page={page} />
    </>
  );
}

function NoSuchPage() {
  return (
    <div className="min-w-0">
      <PageHeader title={t('Page not found')} />
      <EmptyState
        icon={FileQuestion}
        title={t('There is no such page')}
        action={<TextLink to="/docs">{t('Overview')}</TextLink>}
      >
        {t('The address may be mistyped, or the page may have moved.')}
      </EmptyState>
    </div>
  );
}
