import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface DisclosureProps {
  title: string;
  /** A summary of the content. */
  summary?: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** For what few users need. What was typed in it stays while it is closed. */
export function Disclosure({ title, summary, open, onOpenChange, children }: DisclosureProps) {
  return (
    <Collapsible.Root open={open} onOpenChange={onOpenChange}>
      <Collapsible.Trigger className="group flex w-full items-center gap-2 rounded-md py-1 text-left touch:min-h-11">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
        />
        <span className="shrink-0 font-medium text-sm">{title}</span>
        {summary !== undefined && <span className="min-w-0 truncate text-ink-faint text-sm">{summary}</span>}
      </Collapsible.Trigger>
      <Collapsible.Panel keepMounted className="pt-3 sm:pl-6">
        {children}
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
