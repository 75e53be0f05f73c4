import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { resourceNotFound } from '../errors.ts';
import { parseUserPoolProperties, type UserPoolProperties } from './pool-definition.ts';

export interface Pool {
  id: string;
  properties: UserPoolProperties;
  /** The key from which answers for unknown names are derived, so that they are the same each time. */
  decoyKey: string;
  createdAt: number;
  modifiedAt: number;
}

export interface Pools {
  define(id: string, properties: unknown): Pool;
  find(id: string): Pool | undefined;
  /** @throws ResourceNotFoundException */
  get(id: string): Pool;
  list(): Pool[];
}

export function createPools(deps: {
  store: Store;
  clock: Clock;
  randomness: { bytes(size: number): Buffer };
}): Pools {
  const pools = deps.store.collection<Pool>('cognito/pools');
  return {
    define(id, properties) {
      const known = pools.get(id);
      const parsed = parseUserPoolProperties(id, withKept(known?.properties, properties));
      const now = deps.clock.now();
      const pool = {
        id,
        properties: parsed,
        decoyKey: known?.decoyKey ?? deps.randomness.bytes(32).toString('hex'),
        createdAt: known?.createdAt ?? now,
        modifiedAt: now,
      };
      pools.put(id, pool);
      return pool;
    },
    find: (id) => pools.get(id),
    get(id) {
      const pool = pools.get(id);
      if (!pool) throw resourceNotFound(`User pool ${id} does not exist.`);
      return pool;
    },
    list: () => pools.list().map(({ value }) => value),
  };
}

/**
 * With what an update keeps where the new template leaves it out: both policies ([measured][1]) and the attributes that need
 * proof first ([Terraform's provider][2] sends an empty list to end that). Other properties get their defaults.
 *
 * [1]: https://github.com/go-to-k/cdkd/pull/2420
 * [2]: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/cognitoidp/user_pool.go
 */
function withKept(known: UserPoolProperties | undefined, properties: unknown): unknown {
  if (known === undefined) return properties;
  const { Policies, UserAttributeUpdateSettings } = known;
  const given = properties as { Policies?: object };
  return {
    ...(UserAttributeUpdateSettings && { UserAttributeUpdateSettings }),
    ...given,
    ...(Policies && { Policies: { ...Policies, ...given.Policies } }),
  };
}

export const logsInWithEmail = (pool: Pool) => pool.properties.UsernameAttributes?.includes('email') ?? false;

/**
 * The form in which names are compared: with their case, unless `UsernameConfiguration.CaseSensitive` is false.
 */
export function normalName(pool: Pool, name: string): string {
  return pool.properties.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;
}
