import { promises } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** Undefined for those that last as long as the execution environment. */
  expiration?: Date;
}

/** Credentials are fetched anew this long before they expire, as by the SDK. */
const refreshMs = 300_000;
const attempts = 3;

let fetched: AwsCredentials | undefined;
let fetching: Promise<AwsCredentials> | undefined;

/**
 * The credentials of the function's role: from the environment, where Lambda puts them, or from the container endpoint, where
 * Lambda offers them to an environment that outlives one set of them. The SDK's default provider chain knows further sources
 * and would add some 100 kB to each cold start.
 */
export function currentCredentials(): AwsCredentials | Promise<AwsCredentials> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (accessKeyId && secretAccessKey) {
    const { AWS_SESSION_TOKEN: sessionToken } = process.env;
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }
  const leftMs = (fetched?.expiration?.getTime() ?? 0) - Date.now();
  if (fetched !== undefined && leftMs > refreshMs) return fetched;
  fetching ??= fetchCredentials().finally(() => {
    fetching = undefined;
  });
  // A failed refresh does no harm while the old ones last.
  return fetching.catch((error: unknown) => {
    if (fetched === undefined || leftMs <= 0) throw error;
    return fetched;
  });
}

/** Of credentials that AWS refused as expired. @returns whether others can be had */
export function forgetCredentials(): boolean {
  const had = fetched !== undefined;
  fetched = undefined;
  return had;
}

async function fetchCredentials(): Promise<AwsCredentials> {
  const url = containerUrl();
  for (let attempt = 1; ; attempt += 1) {
    try {
      fetched = await fetchOnce(url);
      return fetched;
    } catch (error) {
      if (attempt === attempts) throw error;
      await pause(100 * attempt);
    }
  }
}

async function fetchOnce(url: URL): Promise<AwsCredentials> {
  const { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file, AWS_CONTAINER_AUTHORIZATION_TOKEN: token } =
    process.env;
  const authorization = file ? (await promises.readFile(file, 'utf8')).trim() : token;
  const answer = await fetch(url, {
    ...(authorization && { headers: { authorization } }),
    signal: AbortSignal.timeout(1000),
    redirect: 'error',
  });
  if (!answer.ok) throw new Error(`The credentials endpoint answered ${answer.status}`);
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = (await answer.json()) as Record<string, string>;
  if (!AccessKeyId || !SecretAccessKey) throw new Error('The credentials endpoint answered no credentials');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(Token && { sessionToken: Token }),
    ...(Expiration && { expiration: new Date(Expiration) }),
  };
}

/** Hosts to which the authorization may be sent without TLS: this one's, and those of ECS and EKS. */
const plainHosts = new Set([
  'localhost',
  '127.0.0.1',
  '[::1]',
  '169.254.170.2',
  '169.254.170.23',
  '[fd00:ec2::23]',
]);

function containerUrl(): URL {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path, AWS_CONTAINER_CREDENTIALS_FULL_URI: whole } =
    process.env;
  if (path) return new URL(path, 'http://169.254.170.2');
  if (!whole) throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  const url = new URL(whole);
  if (url.protocol !== 'https:' && !plainHosts.has(url.hostname)) {
    throw new Error('AWS_CONTAINER_CREDENTIALS_FULL_URI must have https, or a host of this machine');
  }
  return url;
}
