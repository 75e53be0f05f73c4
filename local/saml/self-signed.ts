import { type KeyObject, sign } from 'node:crypto';

/** X.509 by RFC 5280, without extensions: enough for metadata, whose readers take the key out of it. @returns DER */
export function selfSigned(
  name: string,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
  validity: { from: number; until: number },
): Buffer {
  const subject = sequence(der(0x31, sequence(oid.commonName, der(0x0c, Buffer.from(name)))));
  const algorithm = sequence(oid.sha256WithRsa, der(0x05));
  const content = sequence(
    ...[der(0xa0, integer(2)), integer(1), algorithm, subject],
    ...[sequence(time(validity.from), time(validity.until)), subject],
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', content, privateKey);
  return sequence(content, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

const oid = {
  commonName: Buffer.from([0x06, 3, 0x55, 0x04, 0x03]),
  sha256WithRsa: Buffer.from([0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]),
};

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const integer = (value: number) => der(0x02, Buffer.from([value]));
/** UTCTime, which has two digits for the year. */
const time = (at: number) =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
