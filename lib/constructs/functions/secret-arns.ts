import type { Stack } from 'aws-cdk-lib';
import type { Catalog } from '../../../core/catalog.ts';

/** Of the operator's keys for providers. Secrets Manager adds a hyphen and six characters to a name. */
export function secretArns({ upstreams }: Pick<Catalog, 'upstreams'>, stack: Stack): string[] {
  const ids = Object.values(upstreams).flatMap(({ secret }) => (secret === undefined ? [] : [secret]));
  return [...new Set(ids)].map((id) => {
    if (id.startsWith('arn:')) return id;
    return `arn:${stack.partition}:secretsmanager:${stack.region}:${stack.account}:secret:${id}-??????`;
  });
}
