import type { DocPage } from '../../docs/doc-page.ts';
import { t } from '../../language/t.ts';

/** The sections of the page, beside it where there is room. */
export function OnThisPage({ page }: { page: DocPage }) {
  const sections = page.headings.filter(({ level }) => level === 2);
  if (sections.length < 2) return null;
  return (
    <nav
      aria-label={t('On this page')}
      className="sticky top-[calc(var(--header-height,0rem)+2.25rem)] hidden self-start xl:block"
    >
      <p className="pb-1.5 font-medium text-ink-faint text-xs">{t('On this page')}</p>
      <ul lang="en" className="flex flex-col gap-1.5">
        {sections.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`} className="rounded-sm text-ink-soft text-sm hover:text-ink hover:underline">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
