import { Collapsible } from '@base-ui/react/collapsible';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../../parts/badge.tsx';
import { useDeepLink } from '../../../shell/use-deep-link.ts';
import type { SchemasByName } from '../openapi.ts';
import type { Operation } from '../operations.ts';
import { accessLooks } from './access-looks.ts';
import { OperationDetail } from './operation-detail.tsx';

interface OperationRowProps {
  operation: Operation;
  schemas: SchemasByName;
}

/** A call in one line, which opens to the details. What was typed there stays while it is closed. */
export function OperationRow({ operation, schemas }: OperationRowProps) {
  const link = useDeepLink(operation.id);
  const [wasOpen, setWasOpen] = useState(link.isOpen);
  if (link.isOpen && !wasOpen) setWasOpen(true);
  const { label, tone } = accessLooks()[operation.access];
  return (
    <li
      id={operation.id}
      ref={link.target}
      className="scroll-mt-16 lg:scroll-mt-[calc(var(--header-height,0rem)+1rem)]"
    >
      <Collapsible.Root open={link.isOpen} onOpenChange={link.setOpen}>
        <h3>
          <Collapsible.Trigger className="group flex w-full items-center flex-wrap gap-x-3 gap-y-1.5 px-4 py-2.5 text-left -outline-offset-2 transition-colors hover:bg-sunken/70 sm:px-5 touch:min-h-11">
            <MethodBadge method={operation.method} />
            <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 max-sm:order-last max-sm:basis-full">
              <span className="wrap-anywhere font-mono text-sm">{operation.path}</span>
              <span lang="en" className="min-w-0 text-ink-soft text-sm">
                {operation.summary}
              </span>
            </span>
            <span className="flex max-sm:ml-auto">
              <Badge tone={tone}>{label}</Badge>
            </span>
            <ChevronRight
              aria-hidden
              className="size-4 shrink-0 text-ink-faint transition-transform duration-100 group-data-panel-open:rotate-90"
            />
          </Collapsible.Trigger>
        </h3>
        <Collapsible.Panel keepMounted className="border-line border-t bg-canvas px-4 py-5 sm:px-5">
          {wasOpen && <OperationDetail operation={operation} schemas={schemas} />}
        </Collapsible.Panel>
      </Collapsible.Root>
    </li>
  );
}

const tones: Readonly<Record<string, string>> = {
  GET: 'bg-success-soft text-success',
  POST: 'bg-accent-soft text-accent',
  DELETE: 'bg-danger-soft text-danger',
};

function MethodBadge({ method }: { method: string }) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 w-15 shrink-0 items-center justify-center rounded-sm font-mono font-semibold text-xs',
        tones[method] ?? 'bg-warning-soft text-warning',
      )}
    >
      {method}
    </span>
  );
}
