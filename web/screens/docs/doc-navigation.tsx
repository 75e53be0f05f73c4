import { clsx } from 'clsx';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { docPages } from '../../docs/doc-pages.ts';
import { t } from '../../language/t.ts';
import { Disclosure } from '../../parts/disclosure.tsx';

/** The pages of the docs: beside the text, or folded above it where the screen is narrow. */
export function DocNavigation() {
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const current = docPages.find(({ path }) => path === pathname);
  return (
    <nav
      aria-label={t('Docs')}
      className="lg:sticky lg:top-[calc(var(--header-height,0rem)+2.25rem)] lg:self-start"
    >
      <div className="hidden lg:block">
        <Pages />
      </div>
      <div className="rounded-lg border border-line bg-sunken px-3 py-1 lg:hidden">
        <Disclosure title={t('Pages')} summary={current?.label() ?? ''} open={open} onOpenChange={setOpen}>
          <Pages onFollow={() => setOpen(false)} />
        </Disclosure>
      </div>
    </nav>
  );
}

function Pages({ onFollow }: { onFollow?: () => void }) {
  const { pathname } = useLocation();
  const pages = [...docPages, { path: '/docs/api', label: () => t('API reference') }];
  return (
    <ul className="flex flex-col gap-0.5 max-lg:pb-2">
      {pages.map(({ path, label }) => (
        <li key={path}>
          <Link
            to={path}
            onClick={onFollow}
            aria-current={path === pathname ? 'page' : undefined}
            className={clsx(
              'flex min-h-7 items-center border-l-2 py-0.5 pl-3 text-sm touch:min-h-11',
              path === pathname
                ? 'border-accent font-medium text-accent'
                : 'border-line text-ink-soft hover:border-line-strong hover:text-ink',
            )}
          >
            {label()}
          </Link>
        </li>
      ))}
    </ul>
  );
}
