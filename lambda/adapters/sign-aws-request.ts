import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { awsClientSettings } from './aws-client.ts';

/** The digest that signing needs, by Node's own crypto. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | Uint8Array) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {}
}

/** Signs a POST as the function's role. @returns all headers to send */
export type SignPost = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<Record<string, string>>;

/** @param service its signing name: `bedrock`, `secretsmanager` */
export function createSigner(service: string): SignPost {
  const { region, credentials } = awsClientSettings;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 as never });
  return async (url, headers, body) => {
    const signed = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== '' && { port: Number(url.port) }),
      path: url.pathname,
      headers: { ...headers, host: url.host },
      body,
    });
    return signed.headers;
  };
}
