import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A login that has begun: Cognito asks for the address again at its end. */
export interface BegunLogin {
  email: string;
  /** Cognito's session. */
  cognito: string;
}

/** Above the longest address and session, so that neither shows in the length. */
const plainBytes = 3072;
const [ivBytes, tagBytes] = [12, 16];

/** Only the functions know the client's secret. */
function keyOf(clientSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', clientSecret, '', 'daypass passkey login', 32));
}

/** Hides whether Cognito has really begun a login, which tells whether the address has a passkey. */
export function sealLogin(clientSecret: string, login: BegunLogin): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(clientSecret), iv);
  const plain = JSON.stringify(login).padEnd(plainBytes);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** @returns undefined for what was not sealed here, or with a former secret */
export function openLogin(clientSecret: string, sealed: string): BegunLogin | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length !== ivBytes + plainBytes + tagBytes) return undefined;
  const cipher = createDecipheriv('aes-256-gcm', keyOf(clientSecret), bytes.subarray(0, ivBytes));
  cipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const plain = Buffer.concat([cipher.update(bytes.subarray(ivBytes, -tagBytes)), cipher.final()]);
    return JSON.parse(plain.toString('utf8')) as BegunLogin;
  } catch {
    return undefined;
  }
}
