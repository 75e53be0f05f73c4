import type { Kms } from '../../aws/kms/kms.ts';
import type { ResourceProvider } from '../resource-provider.ts';

export function kmsProviders(kms: Kms): ResourceProvider[] {
  return [
    {
      type: 'AWS::KMS::Key',
      create(logicalId, properties, { stackName }) {
        const { KeyId, Arn } = kms.defineKey(`${stackName}/${logicalId}`, properties);
        return { ref: KeyId, attributes: { Arn, KeyId } };
      },
    },
    {
      type: 'AWS::KMS::Alias',
      create(_logicalId, properties) {
        const name = String(properties.AliasName);
        kms.defineAlias(name, String(properties.TargetKeyId));
        return { ref: name, attributes: {} };
      },
    },
  ];
}
