import type { ReactNode } from 'react';
import { DocumentTitle } from '../parts/document-title.tsx';

interface AccountCardProps {
  /** Also the document's title. */
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Links to other account screens. */
  footer?: ReactNode;
}

/** A form for visitors who are not logged in. */
export function AccountCard({ title, description, children, footer }: AccountCardProps) {
  return (
    <div className="w-full max-w-sm">
      <DocumentTitle>{title}</DocumentTitle>
      <h1 tabIndex={-1} className="font-semibold text-2xl tracking-tight">
        {title}
      </h1>
      {description !== undefined && <p className="mt-1.5 text-ink-soft">{description}</p>}
      <div className="mt-6">{children}</div>
      {Boolean(footer) && <p className="mt-6 border-line border-t pt-5 text-ink-soft">{footer}</p>}
    </div>
  );
}
