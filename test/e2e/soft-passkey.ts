import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** An authenticator without a device: one ES256 passkey, as a browser hands over what it makes and signs. */
export interface SoftPasskey {
  id: string;
  /** `navigator.credentials.create(…).toJSON()` */
  create(options: CreationOptions, changes?: Changes): Record<string, unknown>;
  /** `navigator.credentials.get(…).toJSON()` */
  get(options: { challenge: string; rpId?: string }, changes?: Changes): Record<string, unknown>;
}

interface CreationOptions {
  challenge: string;
  rp: { id: string };
}

/** What an attacker, or a faulty browser, does otherwise. */
export interface Changes {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  /** UP, UV and AT. */
  flags?: number;
  counter?: number;
  signature?: Buffer;
  id?: string;
}

const flag = { userPresent: 1, userVerified: 4, attested: 64 };
const both = flag.userPresent | flag.userVerified;
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
const base64url = (bytes: Buffer) => bytes.toString('base64url');

export function softPasskey(origin: string): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(32);
  let counter = 0;
  const dataOf = (type: string, challenge: string, changes: Changes) =>
    Buffer.from(
      JSON.stringify({
        type: changes.type ?? type,
        challenge: changes.challenge ?? challenge,
        origin: changes.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const authenticatorData = (rpId: string, flags: number, changes: Changes, attested = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5);
    head.writeUInt8(changes.flags ?? flags, 0);
    head.writeUInt32BE(changes.counter ?? counter, 1);
    return Buffer.concat([sha256(changes.rpId ?? rpId), head, attested]);
  };
  const wrap = (response: object, changes: Changes) => {
    const id = changes.id ?? base64url(rawId);
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response,
    };
  };
  return {
    id: base64url(rawId),
    create({ challenge, rp }, changes = {}) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, rawId, coseOf(publicKey)]);
      const authData = authenticatorData(rp.id, both | flag.attested, changes, attested);
      const response = {
        clientDataJSON: base64url(dataOf('webauthn.create', challenge, changes)),
        attestationObject: base64url(attestationOf(authData)),
        transports: ['internal'],
      };
      return wrap(response, changes);
    },
    get({ challenge, rpId = new URL(origin).hostname }, changes = {}) {
      counter += 1;
      const data = dataOf('webauthn.get', challenge, changes);
      const auth = authenticatorData(rpId, both, changes);
      const signature = changes.signature ?? sign('sha256', Buffer.concat([auth, sha256(data)]), privateKey);
      const response = {
        clientDataJSON: base64url(data),
        authenticatorData: base64url(auth),
        signature: base64url(signature),
      };
      return wrap(response, changes);
    },
  };
}

/** CBOR: `{"fmt": "none", "attStmt": {}, "authData": …}`. */
function attestationOf(authData: Buffer): Buffer {
  const text = (words: string) => Buffer.concat([Buffer.from([0x60 | words.length]), Buffer.from(words)]);
  const length = Buffer.from([0x59, authData.length >> 8, authData.length & 255]);
  return Buffer.concat([
    Buffer.from([0xa3]),
    ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData'), length, authData],
  ]);
}

/** CBOR: kty 2 (EC2), alg -7 (ES256), crv 1 (P-256), x, y. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const bytes = (value: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(value, 'base64url')]);
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    ...[bytes(x), Buffer.from([0x22]), bytes(y)],
  ]);
}
