import { createHash, createHmac, getDiffieHellman, hkdfSync } from 'node:crypto';

/**
 * The server side of Cognito's SRP-6a: the 3072-bit group of RFC 3526 (the same prime as RFC 5054's, with
 * g = 2), SHA-256, and a 16-byte key from HKDF that signs the challenge instead of SRP's own proof.
 */
const primeHex = getDiffieHellman('modp15').getPrime('hex');
const N = BigInt(`0x${primeHex}`);
const g = 2n;
const k = hashOf(padded(N), padded(g));

export interface SrpVerifier {
  /** Hex. */
  salt: string;
  /** Hex. */
  verifier: string;
}

export function createVerifier(
  poolId: string,
  username: string,
  password: string,
  salt: Buffer,
): SrpVerifier {
  const identity = createHash('sha256')
    .update(`${poolName(poolId)}${username}:${password}`)
    .digest();
  const saltNumber = BigInt(`0x${salt.toString('hex')}`);
  const x = hashOf(padded(saltNumber), identity);
  return { salt: saltNumber.toString(16), verifier: modPow(g, x).toString(16) };
}

/** A verifier for a name that doesn't exist: the same each time, and nobody knows its password. */
export function decoyVerifier(seed: Buffer): SrpVerifier {
  const part = (label: string) => createHmac('sha256', seed).update(label).digest('hex');
  return {
    salt: BigInt(`0x${part('salt').slice(0, 32)}`).toString(16),
    verifier: modPow(g, BigInt(`0x${part('verifier')}`)).toString(16),
  };
}

/** @returns B, hex */
export function serverPublicValue(verifier: string, secret: Buffer): string {
  const b = BigInt(`0x${secret.toString('hex')}`);
  return ((k * BigInt(`0x${verifier}`) + modPow(g, b)) % N).toString(16);
}

/** A client that sends a multiple of N would force a known key. */
export function isAcceptablePublicValue(clientPublicHex: string): boolean {
  return /^[0-9a-fA-F]{1,1536}$/.test(clientPublicHex) && BigInt(`0x${clientPublicHex}`) % N !== 0n;
}

export interface SrpExchange {
  poolId: string;
  username: string;
  verifier: string;
  /** Hex: A, and the b behind the B that was sent. */
  clientPublic: string;
  serverSecret: string;
  secretBlock: Buffer;
}

/** The PASSWORD_CLAIM_SIGNATURE that only somebody who knows the password can make. */
export function expectedSignature(exchange: SrpExchange, timestamp: string): Buffer {
  const a = BigInt(`0x${exchange.clientPublic}`);
  const b = BigInt(`0x${exchange.serverSecret}`);
  const v = BigInt(`0x${exchange.verifier}`);
  const publicValue = (k * v + modPow(g, b)) % N;
  const u = hashOf(padded(a), padded(publicValue));
  const shared = modPow((a * modPow(v, u)) % N, b);
  const key = hkdfSync('sha256', padded(shared), padded(u), 'Caldera Derived Key', 16);
  return createHmac('sha256', Buffer.from(key))
    .update(poolName(exchange.poolId))
    .update(exchange.username)
    .update(exchange.secretBlock)
    .update(timestamp)
    .digest();
}

/** SRP uses the part of a pool id after the Region. */
const poolName = (poolId: string) => poolId.slice(poolId.indexOf('_') + 1);

function hashOf(...parts: Buffer[]): bigint {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return BigInt(`0x${hash.digest('hex')}`);
}

/** As a positive two's-complement number: Cognito's clients put a zero byte before a high first bit. */
function padded(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

/** Plain square and multiply takes 30 ms; node:crypto's Diffie-Hellman checks the prime for seconds. */
function modPow(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
