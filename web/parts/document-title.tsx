import { createContext, use } from 'react';

/** What the operator calls the service. */
export const ServiceName = createContext('Daypass');

export const useServiceName = (): string => use(ServiceName);

/** The document's title, with the service's name behind it. */
export function DocumentTitle({ children }: { children: string }) {
  return <title>{`${children} · ${useServiceName()}`}</title>;
}
