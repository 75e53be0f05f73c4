import { createContext, use } from 'react';

/** What the operator calls the service. */
export const ServiceName = createContext('Daypass');

/** The document's title, with the service's name behind it. */
export function DocumentTitle({ children }: { children: string }) {
  return <title>{`${children} · ${use(ServiceName)}`}</title>;
}
