import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { resourceNotFound } from '../errors.ts';
import type { IdentityProviders } from '../federation/identity-providers.ts';
import {
  parseClientProperties,
  requireKnownProviders,
  type UserPoolClientProperties,
} from './client-definition.ts';
import type { Pool, Pools } from './pools.ts';

export interface Client {
  id: string;
  poolId: string;
  properties: UserPoolClientProperties;
  secret: string | undefined;
  /** The secrets and their ids, oldest first, once an operator has changed them. */
  secrets?: ClientSecret[] | undefined;
  createdAt: number;
  modifiedAt: number;
}

export interface ClientSecret {
  id: string;
  value: string;
  createdAt: number;
}

/** All that are valid, oldest first: at most two. */
export function secretsOf({ id, secret, secrets, createdAt }: Client): ClientSecret[] {
  if (secrets !== undefined) return secrets;
  return secret === undefined ? [] : [{ id: `${id}--${createdAt}`, value: secret, createdAt }];
}

export interface Clients {
  /** Replaces the secrets of a client. */
  changeSecrets(client: Client, secrets: ClientSecret[]): void;
  newSecret(): string;
  /** @throws naming what isn't supported, or a provider that the pool doesn't have */
  define(id: string, properties: unknown): Client;
  find(id: string): Client | undefined;
  /** @throws ResourceNotFoundException */
  withPool(id: string): { client: Client; pool: Pool };
  /** @throws ResourceNotFoundException, also when the client belongs to another pool */
  inPool(poolId: string, id: string): { client: Client; pool: Pool };
  list(poolId: string): Client[];
}

export function createClients(deps: {
  store: Store;
  clock: Clock;
  randomness: { bytes(size: number): Buffer };
  pools: Pick<Pools, 'get'>;
  identityProviders: Pick<IdentityProviders, 'find'>;
}): Clients {
  const clients = deps.store.collection<Client>('cognito/clients');
  const missing = (id: string) => resourceNotFound(`User pool client ${id} does not exist.`);
  const newSecret = () => BigInt(`0x${deps.randomness.bytes(33).toString('hex')}`).toString(36);

  function withPool(id: string) {
    const client = clients.get(id);
    if (!client) throw missing(id);
    return { client, pool: deps.pools.get(client.poolId) };
  }

  return {
    define(id, properties) {
      const parsed = parseClientProperties(id, properties);
      const pool = deps.pools.get(parsed.UserPoolId);
      requireKnownProviders(id, parsed, (name) => deps.identityProviders.find(pool.id, name) !== undefined);
      const known = clients.get(id);
      const now = deps.clock.now();
      const client = {
        id,
        poolId: pool.id,
        properties: parsed,
        secret: parsed.GenerateSecret ? (known?.secret ?? newSecret()) : undefined,
        ...(parsed.GenerateSecret && known?.secrets && { secrets: known.secrets }),
        createdAt: known?.createdAt ?? now,
        modifiedAt: now,
      };
      clients.put(id, client);
      return client;
    },
    newSecret,
    changeSecrets: (client, secrets) =>
      clients.put(client.id, { ...client, secrets, secret: secrets.at(-1)?.value }),
    find: (id) => clients.get(id),
    withPool,
    inPool(poolId, id) {
      const found = withPool(id);
      if (found.pool.id !== poolId) throw missing(id);
      return found;
    },
    list: (poolId) =>
      clients
        .list()
        .map(({ value }) => value)
        .filter((client) => client.poolId === poolId),
  };
}

export const hidesUserExistence = (client: Client) =>
  client.properties.PreventUserExistenceErrors === 'ENABLED';
