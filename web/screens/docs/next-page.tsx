import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';
import { type DocPageEntry, docPages } from '../../docs/doc-pages.ts';
import { t } from '../../language/t.ts';

const reference = {
  path: '/docs/api',
  label: () => t('API reference'),
  about: () => t('Every call, with a form to try it'),
};

export function NextPage({ after }: { after: DocPageEntry }) {
  const next = docPages[docPages.findIndex(({ path }) => path === after.path) + 1] ?? reference;
  return (
    <nav aria-label={t('Next page')} className="mt-10 border-line border-t pt-5">
      <Link
        to={next.path}
        className="group flex items-center justify-between gap-4 rounded-lg border border-line bg-surface px-4 py-3 shadow-card hover:bg-hover"
      >
        <span>
          <span className="block font-medium">{t('Next: {page}', { page: next.label() })}</span>
          <span className="block text-ink-soft text-sm">{next.about()}</span>
        </span>
        <ArrowRight aria-hidden className="size-4 shrink-0 text-ink-faint group-hover:text-ink" />
      </Link>
    </nav>
  );
}
