import type { RouteSection } from '../route-contract.ts';

/** What decides which routes a deployment has: in its catalog, and in the console's configuration. */
export interface RouteSettings {
  billing: boolean;
  logIn: {
    providers: readonly unknown[];
    authenticator: 'on' | 'off';
    passkeys: 'on' | 'off';
  };
}

export function hasSection(section: RouteSection, { billing, logIn }: RouteSettings): boolean {
  const has: Record<RouteSection, boolean> = {
    billing,
    'logIn.providers': logIn.providers.length > 0,
    'logIn.authenticator': logIn.authenticator === 'on',
    'logIn.passkeys': logIn.passkeys === 'on',
  };
  return has[section];
}

const internalPaths = /^\/v1\/(session|console|login\/callback|login\/\{provider\}|billing\/webhook)(\/|$)/;

/** Whether only the console's pages, a browser or another service have a use for the route. */
export const isInternalPath = (path: string): boolean => internalPaths.test(path);
