import { currentCredentials } from './credentials.ts';
import { awsRegion } from './region.ts';
import { createSign } from './signature-v4.ts';

/** Signs a POST as the function's role. @returns all headers to send */
export type SignPost = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<Record<string, string>>;

/** @param service its signing name: `bedrock`, `secretsmanager` */
export function createSigner(service: string): SignPost {
  const sign = createSign(service, awsRegion());
  return async (url, headers, body) => {
    const all = { ...headers, host: url.host };
    return sign(
      { method: 'POST', path: url.pathname, headers: all, body },
      await currentCredentials(),
      Date.now(),
    );
  };
}
