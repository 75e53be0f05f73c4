import type { Stack } from 'aws-cdk-lib';
import type { Upstream } from '../../../core/catalog.ts';

/** Of the operator's keys for these providers. */
export function secretArns(upstreams: readonly Upstream[], stack: Stack): string[] {
  const ids = upstreams.flatMap(({ secret }) => (secret === undefined ? [] : [secret]));
  return [...new Set(ids)].map((id) => arnOfSecret(id, stack));
}

/** @param id name or ARN; Secrets Manager adds a hyphen and six characters to a name */
export function arnOfSecret(id: string, { partition, region, account }: Stack): string {
  return id.startsWith('arn:')
    ? id
    : `arn:${partition}:secretsmanager:${region}:${account}:secret:${id}-??????`;
}
