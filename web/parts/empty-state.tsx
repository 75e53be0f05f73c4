import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What would be here, and how to get it. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center sm:py-16">
      <span className="flex size-11 items-center justify-center rounded-lg bg-accent-soft text-accent">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="mt-4 font-semibold text-lg tracking-tight">{title}</h2>
      <p className="mt-1 max-w-md text-balance text-ink-soft">{children}</p>
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}
