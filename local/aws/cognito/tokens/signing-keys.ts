import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import type { Store } from '../../../state/store.ts';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export interface SigningKeys {
  /** Lets the pool have a key pair. */
  ensure(poolId: string): void;
  /** Makes it if there is none yet: that takes a tenth of a second, which a start shouldn't wait for. */
  find(poolId: string): SigningKey | undefined;
}

/** A pool's RSA key pair, kept in the store. @param deps.newKey tests hand in one made before */
export function createSigningKeys(deps: {
  store: Store;
  newKey?: (() => JsonWebKey) | undefined;
}): SigningKeys {
  const { newKey = generateKey } = deps;
  const kept = deps.store.collection<JsonWebKey>('cognito/signing-keys');
  const loaded = new Map<string, SigningKey>();
  const pools = new Set<string>();

  const make = (poolId: string): JsonWebKey => {
    const jwk = newKey();
    kept.put(poolId, jwk);
    return jwk;
  };

  function find(poolId: string): SigningKey | undefined {
    const known = loaded.get(poolId);
    if (known) return known;
    const jwk = kept.get(poolId) ?? (pools.has(poolId) ? make(poolId) : undefined);
    if (!jwk) return undefined;
    const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
    const key = { kid: thumbprint(jwk), privateKey, publicKey: createPublicKey(privateKey) };
    loaded.set(poolId, key);
    return key;
  }

  return {
    find,
    ensure: (poolId) => void pools.add(poolId),
  };
}

const generateKey = (): JsonWebKey =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

/** RFC 7638, so that the same key always has the same id. */
function thumbprint(jwk: JsonWebKey): string {
  const canonical = JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n });
  return createHash('sha256').update(canonical).digest('base64');
}

export function publicJwk(key: SigningKey): object {
  const { e, kty, n } = key.publicKey.export({ format: 'jwk' });
  return { alg: 'RS256', e, kid: key.kid, kty, n, use: 'sig' };
}
