import type { ConsoleConfig } from '../config.ts';

type Provider = ConsoleConfig['logIn']['providers'][number];

/** The provider that addresses of this domain log in with; undefined: none has it, or the address isn't whole yet. */
export function providerOf(
  { providers }: Pick<ConsoleConfig['logIn'], 'providers'>,
  email: string,
): Provider | undefined {
  const domain = email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  return providers.find(({ domains }) => domains.includes(domain));
}

/** Not a screen of the console: the browser leaves for the provider. */
export function providerPath(name: string, next: string | null): string {
  return next === null ? `/v1/login/${name}` : `/v1/login/${name}?${new URLSearchParams({ next })}`;
}
