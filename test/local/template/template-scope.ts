import { resolve } from '../../../local/template/resolve.ts';
import type { CreatedResource } from '../../../local/template/resource-provider.ts';
import { createStackScope } from '../../../local/template/stack-scope.ts';

/** Resolves one value in a stack named Shop that has a bucket. */
export function resolveIn(value: unknown) {
  const bucket: CreatedResource = {
    ref: 'site-bucket',
    attributes: { Arn: 'arn:aws:s3:::site-bucket', 'Nested.Key': 'n' },
  };
  const scope = createStackScope({
    template: { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } },
    stackName: 'Shop',
    created: new Map([['Bucket', bucket]]),
  });
  return resolve(value, scope, 'Resources.X.Properties.Y');
}
