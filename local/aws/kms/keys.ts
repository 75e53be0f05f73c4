import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../state/store.ts';
import { AwsError } from '../service.ts';

export interface KmsKey {
  keyId: string;
  /** Base64 of 32 bytes; never leaves the store. */
  material: string;
  description: string;
  enabled: boolean;
  rotation: boolean;
  createdAt: number;
  /** Milliseconds; undefined: it is not to be deleted. */
  deletesAt?: number | undefined;
}

/** The keys of one account and Region. */
export interface KeyRing {
  define(definitionId: string, settings: Pick<KmsKey, 'description' | 'enabled' | 'rotation'>): KmsKey;
  /** @param reference a key id or key ARN; @throws AwsError NotFoundException, DisabledException, or KMSInvalidStateException */
  findUsable(reference: string): KmsKey;
  /** @throws AwsError NotFoundException */
  find(reference: string): KmsKey;
  change(key: KmsKey, changes: Partial<Pick<KmsKey, 'enabled' | 'deletesAt'>>): void;
  now(): number;
  byId(keyId: string): KmsKey | undefined;
  arnOf(key: Pick<KmsKey, 'keyId'>): string;
}

export function createKeyRing(deps: {
  store: Store;
  clock: Clock;
  region: string;
  accountId: string;
}): KeyRing {
  const { store, clock } = deps;
  const keys = store.collection<KmsKey>('kms/keys');
  const definitions = store.collection<{ keyId: string }>('kms/definitions');
  const arn = (resource: string) => `arn:aws:kms:${deps.region}:${deps.accountId}:${resource}`;
  const arnOf = ({ keyId }: Pick<KmsKey, 'keyId'>) => arn(`key/${keyId}`);

  const find = (reference: string): KmsKey => {
    const resource = reference.startsWith(arn('')) ? reference.slice(arn('').length) : reference;
    const key = keys.get(resource.replace(/^key\//, ''));
    if (key !== undefined) return key;
    const what = resource.startsWith('alias/')
      ? `Alias ${arn(resource)} is not found.`
      : `Key '${reference}' does not exist`;
    throw new AwsError('NotFoundException', what);
  };

  return {
    define: (definitionId, settings) =>
      store.atomically(() => {
        const known = keys.get(definitions.get(definitionId)?.keyId ?? '');
        const key = { ...(known ?? newKey(clock.now())), ...settings };
        keys.put(key.keyId, key);
        definitions.put(definitionId, { keyId: key.keyId });
        return key;
      }),
    findUsable(reference) {
      const key = find(reference);
      if (key.deletesAt !== undefined)
        throw new AwsError('KMSInvalidStateException', `${arnOf(key)} is pending deletion.`);
      if (!key.enabled) throw new AwsError('DisabledException', `${arnOf(key)} is disabled.`);
      return key;
    },
    find,
    change: (key, changes) => keys.put(key.keyId, { ...key, ...changes }),
    now: () => clock.now(),
    byId: (keyId) => keys.get(keyId),
    arnOf,
  };
}

const newKey = (createdAt: number) => ({
  keyId: randomUUID(),
  material: randomBytes(32).toString('base64'),
  createdAt,
});
