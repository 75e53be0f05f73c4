import { useQuery } from '@tanstack/react-query';
import { FileQuestion } from 'lucide-react';
import { useParams } from 'react-router';
import type { DocPage } from '../../docs/doc-page.ts';
import { request } from '../../fetch-or-throw.ts';
import { t } from '../../language/t.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useConsole } from '../../shell/console-context.ts';
import { DocContent } from './doc-content.tsx';
import type { DocWords } from './use-doc-words.ts';

/** A page of the operator's, such as its terms of use. */
export function SitePageScreen() {
  const { name } = useParams();
  const page = useConsole().config.site.pages.find((one) => one.name === name);
  return (
    <article className="mx-auto min-w-0 max-w-2xl">
      {page === undefined ? <NoSuchPage /> : <Page key={page.name} {...page} />}
    </article>
  );
}

/** It is shown as it was written: nothing of it is an example to fill in. */
const asWritten: DocWords = { key: undefined, shown: (text) => text, copied: (text) => text };

function Page({ name, title }: { name: string; title: string }) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['site-page', name],
    queryFn: async ({ signal }) => {
      const send: typeof fetch = (...call) => fetch(...call);
      return (await request(send, `/pages/${name}.json`, { signal })).json() as Promise<DocPage>;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <PageHeader title={title} lang="" />
      {data !== undefined && <DocContent page={data} lang="" words={asWritten} />}
      {data === undefined && error === null && (
        <div role="status" aria-label={t('Loading the page')} className="flex flex-col gap-4">
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-5/6" />
        </div>
      )}
      {data === undefined && error !== null && (
        <ErrorState
          title={t('The page could not be loaded')}
          error={error}
          onRetry={() => void refetch()}
          busy={isFetching}
        />
      )}
    </>
  );
}

function NoSuchPage() {
  return (
    <>
      <PageHeader title={t('Page not found')} />
      <EmptyState icon={FileQuestion} title={t('There is no such page')}>
        {t('The address may be mistyped, or the page may have moved.')}
      </EmptyState>
    </>
  );
}
