import type { ReactNode } from 'react';

/** For what may be wider than the page. Scrollable content must be reachable by keyboard. */
export function ScrollSideways({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border border-line">
      {children}
    </section>
  );
}
