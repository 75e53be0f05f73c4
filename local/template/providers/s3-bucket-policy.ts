import * as z from 'zod';
import type { Buckets } from '../../aws/s3/buckets.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties } from './read-properties.ts';

const oneOrMore = z.union([z.string().transform((item) => [item]), z.array(z.string())]);

const schema = z.looseObject({
  Bucket: z.string(),
  PolicyDocument: z.looseObject({
    Statement: z.array(
      z.looseObject({ Effect: z.string(), Action: oneOrMore.default([]), Principal: z.unknown().optional() }),
    ),
  }),
});

/**
 * Of a bucket's policy only what it allows CloudFront matters here: without it the edge gets 403, and without
 * listing a missing page is a 403, not a 404.
 */
export function s3BucketPolicy(buckets: Pick<Buckets, 'grantCloudFront'>): ResourceProvider {
  return {
    type: 'AWS::S3::BucketPolicy',
    create(logicalId, properties, { stackName }) {
      const { Bucket, PolicyDocument } = readProperties(schema, properties);
      const actions = PolicyDocument.Statement.filter(
        ({ Effect, Principal }) => Effect === 'Allow' && isCloudFront(Principal),
      ).flatMap(({ Action }) => Action);
      buckets.grantCloudFront(Bucket, {
        read: actions.some((action) => ['s3:GetObject', 's3:*', 's3:Get*'].includes(action)),
        list: actions.some((action) => ['s3:ListBucket', 's3:*', 's3:List*'].includes(action)),
      });
      return { ref: physicalName({ stackName, logicalId }), attributes: {} };
    },
  };
}

function isCloudFront(principal: unknown): boolean {
  const { Service } = z
    .looseObject({ Service: oneOrMore.default([]) })
    .catch({ Service: [] })
    .parse(principal);
  return Service.includes('cloudfront.amazonaws.com');
}
