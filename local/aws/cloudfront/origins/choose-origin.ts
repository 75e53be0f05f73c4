import type { Agent } from 'node:http';
import type { ReadableBuckets } from '../../s3/buckets.ts';
import type { OriginConfiguration } from '../distribution/distribution.ts';
import type { Origin } from '../edge-request.ts';
import { createApiOrigin } from './api-origin.ts';
import { createS3Origin } from './s3-origin.ts';

export interface OriginOptions {
  readonly buckets: ReadableBuckets;
  /** The REST API data plane, without the stage: `http://127.0.0.1:4001`. */
  readonly apiUrl: string;
  readonly agent: Agent;
}

const bucketDomain = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com$/;
const apiDomain = /^[a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/;

/**
 * The stand-in behind an origin's domain name.
 * @throws for any other domain: the edge never leaves this machine
 */
export function chooseOrigin(configuration: OriginConfiguration, options: OriginOptions): Origin {
  const { Id, DomainName, OriginPath, OriginCustomHeaders, CustomOriginConfig } = configuration;
  const bucket = bucketDomain.exec(DomainName)?.[1];
  if (bucket !== undefined)
    return createS3Origin({ bucket, originPath: OriginPath, buckets: options.buckets });
  if (!apiDomain.test(DomainName))
    throw new Error(
      `Origin ${Id}: ${DomainName} is neither a bucket nor an execute-api host; not supported.`,
    );
  return createApiOrigin({
    url: options.apiUrl,
    domainName: DomainName,
    originPath: OriginPath,
    customHeaders: new Map(
      OriginCustomHeaders.map((header) => [header.HeaderName.toLowerCase(), header.HeaderValue]),
    ),
    readTimeoutSeconds: CustomOriginConfig?.OriginReadTimeout ?? 30,
    agent: options.agent,
  });
}
