import { z } from 'zod';
import type { Store } from '../../../state/store.ts';

const oidcDetails = z.looseObject({
  oidc_issuer: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  authorize_scopes: z.string(),
  attributes_request_method: z.enum(['GET', 'POST']).default('GET'),
});

const properties = z.discriminatedUnion('ProviderType', [
  z.looseObject({
    ProviderType: z.literal('OIDC'),
    UserPoolId: z.string(),
    ProviderName: z.string().min(1).max(32),
    ProviderDetails: oidcDetails,
    AttributeMapping: z.record(z.string(), z.string()).default({}),
  }),
  z.looseObject({
    ProviderType: z.literal('SAML'),
    UserPoolId: z.string(),
    ProviderName: z.string().min(1).max(32),
    ProviderDetails: z.looseObject({
      MetadataURL: z.string().optional(),
      MetadataFile: z.string().optional(),
    }),
    AttributeMapping: z.record(z.string(), z.string()).default({}),
  }),
]);

export type IdentityProvider = z.infer<typeof properties>;
export type OidcProvider = Extract<IdentityProvider, { ProviderType: 'OIDC' }>;

export interface IdentityProviders {
  /** @throws naming what isn't supported */
  define(resource: Record<string, unknown>): IdentityProvider;
  find(poolId: string, name: string): IdentityProvider | undefined;
  list(poolId: string): IdentityProvider[];
  /** The user that an identity of a provider logs in as. */
  linkedUser(poolId: string, provider: string, subject: string): string | undefined;
  link(poolId: string, provider: string, subject: string, sub: string): void;
  unlink(poolId: string, provider: string, subject: string): void;
  /** Of a user, in the order of their links. */
  identitiesOf(poolId: string, sub: string): { provider: string; subject: string }[];
}

interface Link {
  poolId: string;
  provider: string;
  subject: string;
  sub: string;
}

export function createIdentityProviders(deps: { store: Store }): IdentityProviders {
  const providers = deps.store.collection<IdentityProvider>('cognito/identity-providers');
  const links = deps.store.collection<Link>('cognito/identity-links');
  // JSON keeps names and subjects apart, whatever is in them. Subjects are as the provider wrote them, in their case.
  const linkKey = (...parts: string[]) => JSON.stringify(parts);
  const values = <T>(list: { value: T }[]) => list.map(({ value }) => value);
  return {
    define(resource) {
      const parsed = properties.safeParse(resource);
      if (!parsed.success) throw new Error(`Identity provider: ${z.prettifyError(parsed.error)}`);
      const provider = parsed.data;
      providers.put(linkKey(provider.UserPoolId, provider.ProviderName), provider);
      return provider;
    },
    find: (poolId, name) => providers.get(linkKey(poolId, name)),
    list: (poolId) => values(providers.list()).filter(({ UserPoolId }) => UserPoolId === poolId),
    linkedUser: (...key) => links.get(linkKey(...key))?.sub,
    link(poolId, provider, subject, sub) {
      links.put(linkKey(poolId, provider, subject), { poolId, provider, subject, sub });
    },
    unlink: (...key) => void links.delete(linkKey(...key)),
    identitiesOf: (poolId, sub) =>
      values(links.list()).filter((link) => link.poolId === poolId && link.sub === sub),
  };
}
