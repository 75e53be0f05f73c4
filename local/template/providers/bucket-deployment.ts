import { basename } from 'node:path';
import { lookup } from 'mrmime';
import * as z from 'zod';
import type { Buckets, WrittenMetadata } from '../../aws/s3/buckets.ts';
import type { Asset } from '../load-assembly.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { assetFiles } from './asset-files.ts';
import { createFileFilter } from './file-filter.ts';
import { flag, readProperties } from './read-properties.ts';
import { replaceMarkers } from './source-markers.ts';

const textMap = z.record(z.string(), z.string()).default({});

const schema = z.looseObject({
  SourceObjectKeys: z.array(z.string()),
  SourceMarkers: z.array(z.record(z.string(), z.unknown())).default([]),
  SourceMarkersConfig: z
    .array(z.looseObject({ jsonEscape: flag.default(false), markerEncodings: textMap }))
    .default([]),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
  DestinationBucketArn: z.string().optional(),
  Extract: flag.default(true),
  Prune: flag.default(true),
  Exclude: z.array(z.string()).default([]),
  Include: z.array(z.string()).default([]),
  UserMetadata: textMap,
  SystemMetadata: textMap,
});

type Deployment = z.infer<typeof schema>;

/**
 * CDK's BucketDeployment, in place of its own Lambda function, which runs `aws s3 sync`. Later sources win over earlier
 * ones; with Prune, files that no source has are deleted, unless a filter excludes them.
 */
export function bucketDeployment(buckets: Pick<Buckets, 'put' | 'delete' | 'list'>): ResourceProvider {
  return {
    type: 'Custom::CDKBucketDeployment',
    create(logicalId, properties, { stackName, assets }) {
      const deployment = readProperties(schema, properties);
      const prefix = keyPrefix(deployment.DestinationBucketKeyPrefix);
      const takesPart = createFileFilter(deployment.Exclude, deployment.Include);
      const files = sourceFiles(
        deployment,
        deployment.SourceObjectKeys.map((key) => assets.byObjectKey(key)),
      );
      for (const [path, body] of files)
        if (takesPart(path))
          buckets.put(deployment.DestinationBucketName, prefix + path, body, metadata(path, deployment));
      if (deployment.Prune)
        for (const key of buckets.list(deployment.DestinationBucketName, prefix)) {
          const path = key.slice(prefix.length);
          if (!files.has(path) && takesPart(path)) buckets.delete(deployment.DestinationBucketName, key);
        }
      return {
        ref: physicalName({ stackName, logicalId }),
        attributes: { DestinationBucketArn: deployment.DestinationBucketArn ?? '' },
      };
    },
  };
}

function sourceFiles(deployment: Deployment, sources: readonly Asset[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const [index, source] of sources.entries()) {
    if (!deployment.Extract && source.packaging === 'zip')
      throw new Error(
        `Extract: false is supported for files only, and ${basename(source.path)} is a directory.`,
      );
    const markers = deployment.SourceMarkers[index] ?? {};
    const config = deployment.SourceMarkersConfig[index] ?? { jsonEscape: false, markerEncodings: {} };
    for (const [path, content] of assetFiles(source, deployment.Extract))
      files.set(path, replaceMarkers(content, markers, config));
  }
  return files;
}

/** `aws s3 sync` to `s3://bucket/site` writes under `site/`; `/` means no prefix. */
function keyPrefix(prefix: string): string {
  const trimmed = prefix.replace(/^\/$/, '');
  return trimmed === '' || trimmed.endsWith('/') ? trimmed : `${trimmed}/`;
}

/** S3's own default. */
const unknownType = 'binary/octet-stream';

function metadata(path: string, { SystemMetadata, UserMetadata }: Deployment): WrittenMetadata {
  const system = new Map(Object.entries(SystemMetadata).map(([name, value]) => [name.toLowerCase(), value]));
  const user = Object.fromEntries(
    Object.entries(UserMetadata).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const optional = <Name extends keyof WrittenMetadata>(name: Name, header: string) => {
    const value = system.get(header);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    contentType: system.get('content-type') ?? lookup(path) ?? unknownType,
    ...optional('cacheControl', 'cache-control'),
    ...optional('contentDisposition', 'content-disposition'),
    ...optional('contentEncoding', 'content-encoding'),
    ...optional('contentLanguage', 'content-language'),
    ...optional('expires', 'expires'),
    user,
  };
}
