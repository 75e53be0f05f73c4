import type { ReactNode } from 'react';
import { DocumentTitle } from './document-title.tsx';

interface PageHeaderProps {
  /** Also the document's title. */
  title: string;
  /** Of the title, if it isn't the reader's; empty: nobody knows. */
  lang?: 'en' | '';
  description?: ReactNode;
  actions?: ReactNode;
}

/** The screen's only `h1`; shell/root.tsx focuses it after a navigation. */
export function PageHeader({ title, lang, description, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <DocumentTitle>{title}</DocumentTitle>
      <div className="min-w-0 max-w-2xl">
        <h1 tabIndex={-1} lang={lang} className="wrap-anywhere font-semibold text-xl tracking-tight">
          {title}
        </h1>
        {description !== undefined && <p className="mt-1 text-ink-soft">{description}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
