import type { Stack } from 'aws-cdk-lib';
import type { Catalog } from '../../../core/catalog.ts';

/** Of the operator's keys for providers. */
export function secretArns({ upstreams }: Pick<Catalog, 'upstreams'>, stack: Stack): string[] {
  const ids = Object.values(upstreams).flatMap(({ secret }) => (secret === undefined ? [] : [secret]));
  return [...new Set(ids)].map((id) => arnOfSecret(id, stack));
}

/** @param id name or ARN; Secrets Manager adds a hyphen and six characters to a name */
export function arnOfSecret(id: string, { partition, region, account }: Stack): string {
  return id.startsWith('arn:')
    ? id
    : `arn:${partition}:secretsmanager:${region}:${account}:secret:${id}-??????`;
}
