import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * What all AWS clients of a function share. Credentials come from the environment, where Lambda puts them for the whole life
 * of the execution environment. The SDK's default provider chain would add some 200 kB of code to each cold start.
 */
export const awsClientSettings = {
  region: variable('AWS_REGION'),
  credentials: async () => {
    const sessionToken = process.env.AWS_SESSION_TOKEN;
    return {
      accessKeyId: variable('AWS_ACCESS_KEY_ID'),
      secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken !== undefined && { sessionToken }),
    };
  },
  maxAttempts: 3,
};

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

/** HTTP/1.1 with keep-alive and a short timeout, so that a hanging dependency is refused quickly. */
export function boundedHandler(requestTimeout: number): NodeHttpHandler {
  // Without throwOnRequestTimeout the handler only logs a warning and goes on waiting.
  return new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true });
}
