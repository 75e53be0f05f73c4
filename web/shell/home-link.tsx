import type { ReactNode } from 'react';

/** To `/`, where the edge decides between landing page and console: so not by the router. */
export function HomeLink({ children }: { children: ReactNode }) {
  return (
    <a href="/" className="flex min-h-11 items-center rounded-md">
      {children}
    </a>
  );
}
