import { NodeHttpHandler } from '@smithy/node-http-handler';
import { currentCredentials } from './aws/credentials.ts';
import { awsRegion } from './aws/region.ts';

/** What all of the SDK's clients of a function share; its default credential chain is not bundled (no-credential-chain.ts). */
export const awsClientSettings = {
  region: awsRegion(),
  credentials: async () => currentCredentials(),
  maxAttempts: 3,
};

/** HTTP/1.1 with keep-alive and a short timeout, so that a hanging dependency is refused quickly. */
export function boundedHandler(requestTimeout: number): NodeHttpHandler {
  // Without throwOnRequestTimeout the handler only logs a warning and goes on waiting.
  return new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true });
}
