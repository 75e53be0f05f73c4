import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * What all AWS clients of a function share. Credentials come from the environment, as Lambda gives them to
 * every execution environment for its whole life; the SDK's default provider chain would cost each cold start
 * some 200 kB of code. Bounds are short: a dependency that hangs is refused quickly, not waited for.
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

/** HTTP/1.1 with keep-alive, on which an answer that does not come in time is an error. */
export function boundedHandler(requestTimeout: number): NodeHttpHandler {
  // Without the last the handler only logs a warning and goes on waiting.
  return new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout, throwOnRequestTimeout: true });
}
