import { BookOpen } from 'lucide-react';
import { Link } from 'react-router';
import { type DocSection, excerptOf } from '../../../docs/doc-sections.ts';
import { t } from '../../../language/t.ts';

interface DocsFoundProps {
  sections: readonly DocSection[];
  query: string;
}

/** Sections of the docs that match what is searched for. */
export function DocsFound({ sections, query }: DocsFoundProps) {
  return (
    <section aria-label={t('In the docs')} className="flex flex-col gap-2.5">
      <h2 className="font-semibold text-lg tracking-tight">{t('In the docs')}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {sections.map((section) => (
          <li key={section.path}>
            <Link
              to={section.path}
              lang="en"
              className="flex gap-3 px-4 py-2.5 -outline-offset-2 hover:bg-sunken/70 sm:px-5"
            >
              <BookOpen aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
              <span className="min-w-0">
                <span className="block font-medium text-sm">{section.titles.join(' › ')}</span>
                <span className="wrap-anywhere block text-ink-soft text-sm">{excerptOf(section, query)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
