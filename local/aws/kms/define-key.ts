import type { KeyRing } from './keys.ts';

/** `AWS::KMS::Key`'s properties. Those that only matter to AWS's own access control and billing are accepted. */
export type KeyProperties = Readonly<Record<string, unknown>>;

const onlyValues: Readonly<Record<string, unknown>> = {
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  MultiRegion: false,
  Origin: 'AWS_KMS',
};

const accepted = new Set([
  ...Object.keys(onlyValues),
  'BypassPolicyLockoutSafetyCheck',
  'Description',
  'EnableKeyRotation',
  'Enabled',
  'KeyPolicy',
  'PendingWindowInDays',
  'RotationPeriodInDays',
  'Tags',
]);

/**
 * Creates the key of a template's resource, or changes its settings; its id and material stay as they are.
 * @param definitionId what the template calls it
 * @throws an Error naming each property that can't be honoured
 */
export function defineKey(ring: KeyRing, definitionId: string, properties: KeyProperties) {
  const refused = Object.entries(properties)
    .filter(
      ([name, value]) =>
        !accepted.has(name) || (name in onlyValues && String(value) !== String(onlyValues[name])),
    )
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  if (refused.length > 0)
    throw new Error(`The local KMS can't make ${definitionId} with ${refused.join(', ')}.`);
  const key = ring.define(definitionId, {
    description: String(properties.Description ?? ''),
    enabled: String(properties.Enabled ?? true) === 'true',
    rotation: String(properties.EnableKeyRotation ?? false) === 'true',
  });
  return { KeyId: key.keyId, Arn: ring.arnOf(key) };
}
