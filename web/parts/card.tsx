import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

interface CardProps {
  title?: string;
  description?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  /** False for tables, which have their own padding. */
  padded?: boolean;
  children: ReactNode;
}

/** A section of a page, labelled by its title. */
export function Card({ title, description, actions, padded = true, children }: CardProps) {
  const titleId = useId();
  return (
    <section
      {...(title !== undefined && { 'aria-labelledby': titleId })}
      className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      {title !== undefined && (
        <header
          className={clsx(
            'flex flex-wrap justify-between gap-3 border-line border-b px-4 py-3 sm:px-5',
            description === undefined ? 'items-center' : 'items-start',
          )}
        >
          <div className="min-w-0">
            <h2 id={titleId} className="font-semibold text-base">
              {title}
            </h2>
            {description !== undefined && <p className="mt-0.5 text-ink-soft text-sm">{description}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={clsx(padded && 'p-4 sm:p-5')}>{children}</div>
    </section>
  );
}
