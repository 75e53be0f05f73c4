import type { Kms } from '../../aws/kms/kms.ts';
import type { ResourceProvider } from '../resource-provider.ts';

export function kmsKey(kms: Pick<Kms, 'defineKey'>): ResourceProvider {
  return {
    type: 'AWS::KMS::Key',
    create(logicalId, properties, { stackName }) {
      const { KeyId, Arn } = kms.defineKey(`${stackName}/${logicalId}`, properties);
      return { ref: KeyId, attributes: { Arn, KeyId } };
    },
  };
}
