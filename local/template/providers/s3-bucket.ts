import * as z from 'zod';
import type { Buckets } from '../../aws/s3/buckets.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties, refused } from './read-properties.ts';

const schema = z.looseObject({
  BucketName: z.string().optional(),
  WebsiteConfiguration: refused('website hosting is not supported; put the bucket behind CloudFront'),
  NotificationConfiguration: refused('event notifications are not supported'),
});

export function s3Bucket(buckets: Pick<Buckets, 'create'>): ResourceProvider {
  return {
    type: 'AWS::S3::Bucket',
    create(logicalId, properties, { stackName, environment }) {
      const { BucketName } = readProperties(schema, properties);
      const name = BucketName ?? physicalName({ stackName, logicalId }, 63).toLowerCase();
      const { partition, region, urlSuffix } = environment;
      buckets.create(name);
      return {
        ref: name,
        attributes: {
          Arn: `arn:${partition}:s3:::${name}`,
          DomainName: `${name}.s3.${urlSuffix}`,
          RegionalDomainName: `${name}.s3.${region}.${urlSuffix}`,
          DualStackDomainName: `${name}.s3.dualstack.${region}.${urlSuffix}`,
        },
      };
    },
  };
}
