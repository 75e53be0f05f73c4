import { quickAttemptMs } from '../../call-time.ts';
import { retrying } from '../retrying.ts';
import { awsRegion } from './region.ts';
import { createSigner } from './sign-post.ts';

/** What a service refused, or that it could not be reached; `name` is the service's own. */
export class AwsJsonError extends Error {
  readonly isPassing: boolean;

  constructor(name: string, isPassing: boolean, cause?: unknown) {
    // The service's message may quote the input.
    super(`refused with ${name}`, { cause });
    this.name = name;
    this.isPassing = isPassing;
  }
}

/**
 * Calls a service that speaks AWS JSON, for functions that need one operation of it: a client of the SDK would make
 * their bundle, and so their cold start, longer.
 * @param service its signing name, which is also its host
 * @param targetPrefix of `x-amz-target`
 */
export function createAwsJson(service: string, targetPrefix: string, version: '1.0' | '1.1' = '1.1') {
  const host = `https://${service}.${awsRegion()}.amazonaws.com/`;
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? host);
  const sign = createSigner(service);
  return (operation: string, input: unknown): Promise<Record<string, unknown>> => {
    const body = JSON.stringify(input);
    const attempt = async () => {
      const headers = await sign(
        endpoint,
        {
          'content-type': `application/x-amz-json-${version}`,
          'x-amz-target': `${targetPrefix}.${operation}`,
        },
        body,
      );
      return post(endpoint, headers, body);
    };
    const passes = (error: unknown) => error instanceof AwsJsonError && error.isPassing;
    return retrying({ attempts: 2, firstWaitMs: 100, passes }, attempt);
  };
}

async function post(endpoint: URL, headers: Record<string, string>, body: string) {
  const { host: _host, ...sent } = headers;
  const signal = AbortSignal.timeout(quickAttemptMs);
  try {
    const answer = await fetch(endpoint, { method: 'POST', headers: sent, body, signal, redirect: 'error' });
    const json = (await answer.json()) as Record<string, unknown>;
    if (answer.ok) return json;
    const name = String(json.__type ?? `Status${answer.status}`)
      .split('#')
      .at(-1) as string;
    throw new AwsJsonError(name, answer.status >= 500 || name.includes('Throttl'));
  } catch (error) {
    if (error instanceof AwsJsonError) throw error;
    throw new AwsJsonError(error instanceof Error ? error.name : 'Error', true, error);
  }
}
