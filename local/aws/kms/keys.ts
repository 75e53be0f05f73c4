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
  /** Milliseconds; undefined: it is not to be deleted. From then on there is no such key. */
  deletesAt?: number | undefined;
}

type KeySettings = Pick<KmsKey, 'description' | 'enabled' | 'rotation'>;

interface Definition {
  keyId: string;
  /** Those that the template had last. */
  settings?: KeySettings;
}

/** The keys of one account and Region. */
export interface KeyRing {
  /** As in CloudFormation, a setting is applied if it differs from the one applied last: what an operator changed stays. */
  define(definitionId: string, settings: KeySettings): KmsKey;
  /** @param reference a key id or key ARN; @throws AwsError NotFoundException, DisabledException, or KMSInvalidStateException */
  findUsable(reference: string): KmsKey;
  /** @throws AwsError NotFoundException */
  find(reference: string): KmsKey;
  change(key: KmsKey, changes: Partial<Pick<KmsKey, 'enabled' | 'deletesAt'>>): void;
  now(): number;
  /** Also one that was deleted, which ciphertexts still name. */
  byId(keyId: string): KmsKey | undefined;
  isDeleted(key: KmsKey): boolean;
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
  const definitions = store.collection<Definition>('kms/definitions');
  const arn = (resource: string) => `arn:aws:kms:${deps.region}:${deps.accountId}:${resource}`;
  const arnOf = ({ keyId }: Pick<KmsKey, 'keyId'>) => arn(`key/${keyId}`);

  const isDeleted = ({ deletesAt = Infinity }: KmsKey) => deletesAt <= clock.now();

  const find = (reference: string): KmsKey => {
    const resource = reference.startsWith(arn('')) ? reference.slice(arn('').length) : reference;
    const key = keys.get(resource.replace(/^key\//, ''));
    if (key !== undefined && !isDeleted(key)) return key;
    const what = resource.startsWith('alias/')
      ? `Alias ${arn(resource)} is not found.`
      : `Key '${reference}' does not exist`;
    throw new AwsError('NotFoundException', what);
  };

  return {
    define: (definitionId, settings) =>
      store.atomically(() => {
        const last = definitions.get(definitionId);
        const known = keys.get(last?.keyId ?? '');
        const { enabled, ...others } = settings;
        const isChanged = last?.settings !== undefined && last.settings.enabled !== enabled;
        const key =
          known === undefined
            ? { ...newKey(clock.now()), ...settings }
            : { ...known, ...others, ...(isChanged && { enabled }) };
        keys.put(key.keyId, key);
        definitions.put(definitionId, { keyId: key.keyId, settings });
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
    isDeleted,
    arnOf,
  };
}

const newKey = (createdAt: number) => ({
  keyId: randomUUID(),
  material: randomBytes(32).toString('base64'),
  createdAt,
});
